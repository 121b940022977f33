package dev.ruststack.emulator.lambda.runtime;

/** How an invocation ended. */
@SuppressWarnings("ArrayRecordComponent") // Passed on, never compared.
public sealed interface End {
    /** The function's result. */
    record Returned(byte[] payload) implements End {}

    /** The function's result, all of which has gone into the event's sink. */
    record Streamed() implements End {}

    /**
     * The function's result, which was larger than Lambda allows.
     *
     * @param limit bytes
     */
    record TooLarge(long limit) implements End {}

    /**
     * An error that the runtime told of.
     *
     * @param type the error's type, from its header; empty where there was none
     * @param payload the error document
     */
    record Failed(String type, byte[] payload) implements End, InitEnd {}

    /**
     * The process has gone without an answer.
     *
     * @param reason such as {@code exit status 1} or {@code signal: killed}; empty for an exit with status 0
     */
    record Exited(String reason) implements End, InitEnd {}

    /** There was no answer in time. */
    record TimedOut() implements End, InitEnd {}

    /** The process has gone before it took the event, which can still be given to another. */
    record NotTaken() implements End {}
}
