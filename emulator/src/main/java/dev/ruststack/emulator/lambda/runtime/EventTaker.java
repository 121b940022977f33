package dev.ruststack.emulator.lambda.runtime;

/** A process that waits for an event. One of the two is called, once, on any thread and without waiting. */
interface EventTaker {
    /** Whether the process still waits, as far as its connection tells. */
    boolean isThere();

    void take(Event event);

    /** There will be no event. */
    void refuse(RuntimeApiException reason);
}
