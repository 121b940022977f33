package dev.ruststack.emulator.s3.policy;

import java.util.List;

/**
 * Whom a statement is about.
 *
 * @param everyone whether {@code *} stands there
 * @param accounts the ids of accounts, and ARNs of principals
 * @param canonicalIds canonical user ids
 */
record Principals(boolean everyone, List<String> accounts, List<String> canonicalIds) {
    Principals {
        accounts = List.copyOf(accounts);
        canonicalIds = List.copyOf(canonicalIds);
    }

    boolean include(PolicyRequest.Principal principal) {
        if (everyone) {
            return true;
        }
        var accountId = principal.accountId();
        return accountId != null
                && (accounts.contains(accountId)
                        || accounts.contains(principal.arn())
                        || canonicalIds.contains(String.valueOf(principal.canonicalId())));
    }
}
