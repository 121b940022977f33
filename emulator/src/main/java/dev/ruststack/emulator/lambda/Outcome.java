package dev.ruststack.emulator.lambda;

/** How an invocation ended. Both carry the tail of its log: at most the last 4 KB, from START to REPORT. */
public sealed interface Outcome {
    byte[] payload();

    byte[] logTail();

    /** The function returned; {@code payload} is its result, JSON. */
    record Returned(byte[] payload, byte[] logTail) implements Outcome {}

    /** The function failed, or what runs it did; {@code payload} is AWS's error document. */
    record Failed(byte[] payload, byte[] logTail) implements Outcome {}
}
