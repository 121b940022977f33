package dev.ruststack.operator.reconcile;

/**
 * Something that keeps a stack from being Ready.
 *
 * @param reason one CamelCase word of the condition Ready
 * @param stalled whether only a change of the resource mends it
 */
record Finding(String reason, String message, boolean stalled) {
    static final String INVALID_SPEC = "InvalidSpec";
    static final String INVALID_REFERENCE = "InvalidReference";
    static final String RESOURCE_CONFLICT = "ResourceConflict";
    static final String APPLY_REFUSED = "ApplyRefused";
    static final String APPLY_FAILED = "ApplyFailed";
    static final String SERVICE_STARTING = "ServiceStarting";
    static final String SEED_FAILED = "SeedFailed";

    static Finding stalled(String reason, String message) {
        return new Finding(reason, message, true);
    }

    static Finding passing(String reason, String message) {
        return new Finding(reason, message, false);
    }
}
