package dev.ruststack.emulator.s3.policy;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One statement of a policy.
 *
 * @param allow whether it allows; else it denies
 * @param notPrincipals whether it is about everyone else
 * @param notActions whether it is about every other action
 * @param notResources whether it is about every other resource
 */
record Statement(
        boolean allow,
        Principals principals,
        boolean notPrincipals,
        List<String> actions,
        boolean notActions,
        List<String> resources,
        boolean notResources,
        List<Condition> conditions) {
    /** Conditions on one of these hold for callers that are known, so what they guard is not public. */
    private static final Set<String> NARROWING = Set.of(
            "aws:principalaccount",
            "aws:principalarn",
            "aws:principalorgid",
            "aws:principalorgpaths",
            "aws:sourceaccount",
            "aws:sourcearn",
            "aws:sourceip",
            "aws:sourceorgid",
            "aws:sourceowner",
            "aws:sourcevpc",
            "aws:sourcevpce",
            "aws:userid",
            "s3:dataaccesspointaccount",
            "s3:dataaccesspointarn",
            "s3:x-amz-server-side-encryption-aws-kms-key-id");

    Statement {
        actions = List.copyOf(actions);
        resources = List.copyOf(resources);
        conditions = List.copyOf(conditions);
    }

    boolean appliesTo(PolicyRequest request) {
        return principals.include(request.principal()) != notPrincipals
                && names(request.action()) != notActions
                && isAbout(request.resource()) != notResources
                && conditions.stream().allMatch(condition -> condition.holds(request.context()));
    }

    private boolean names(String action) {
        var lower = action.toLowerCase(Locale.ROOT);
        return actions.stream().anyMatch(each -> Wildcard.matches(each.toLowerCase(Locale.ROOT), lower));
    }

    private boolean isAbout(String resource) {
        return resources.stream().anyMatch(each -> Wildcard.matches(each, resource));
    }

    /** Whether it gives something to everyone. AWS: S3 User Guide, The meaning of "public". */
    boolean isPublic() {
        boolean narrowed =
                conditions.stream().anyMatch(condition -> NARROWING.contains(condition.key()) && condition.narrows());
        return allow && (principals.everyone() || notPrincipals) && !narrowed;
    }
}
