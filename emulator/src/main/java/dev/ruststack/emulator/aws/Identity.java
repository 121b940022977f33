package dev.ruststack.emulator.aws;

import org.jspecify.annotations.Nullable;

/**
 * Who calls, and where to: taken from the request's signature.
 *
 * @param accessKeyId the access key; null for an anonymous request
 * @param accountId the 12-digit account the caller belongs to: an access key of 12 digits names its account, any
 *     other belongs to the stack's account; empty for an anonymous request where signatures are verified
 * @param region the region of the credential scope, or the stack's region
 * @param service the service of the credential scope, such as {@code s3}; null for an anonymous request
 */
public record Identity(
        @Nullable String accessKeyId,
        String accountId,
        String region,
        @Nullable String service) {
    public boolean anonymous() {
        return accessKeyId == null;
    }
}
