package dev.ruststack.emulator.lambda;

/** What is configured for asynchronous invocations. Asked when an event has been run. */
public interface EventRules {
    /** What holds for an event of a function that was invoked by this ARN, with or without a version or alias. */
    EventInvokeConfig of(String invokedArn);

    /** Whether a function, by its unqualified ARN, may invoke itself in a loop. */
    default boolean mayLoop(String functionArn) {
        return false;
    }
}
