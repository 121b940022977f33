package dev.ruststack.emulator.lambda;

/** Why an execution environment was initialised. AWS: Lambda Developer Guide, Defined runtime environment variables. */
enum InitializationType {
    ON_DEMAND("on-demand"),
    PROVISIONED_CONCURRENCY("provisioned-concurrency");

    private final String value;

    InitializationType(String value) {
        this.value = value;
    }

    /** What {@code AWS_LAMBDA_INITIALIZATION_TYPE} says. */
    String value() {
        return value;
    }
}
