package dev.ruststack.emulator.lambda;

import org.jspecify.annotations.Nullable;

/**
 * What governs a function beside its configuration, and does not make a new revision of it.
 *
 * @param reservedConcurrency how many of its invocations may run at a time, whatever version; null for as many as the
 *     account has left
 */
public record FunctionControls(@Nullable Integer reservedConcurrency) {
    static final FunctionControls NONE = new FunctionControls(null);

    /** The same with another reservation; null for none. */
    public FunctionControls withReservedConcurrency(@Nullable Integer newReserved) {
        return new FunctionControls(newReserved);
    }
}
