package dev.ruststack.emulator.lambda;

/** Hears of every invocation once it has ended. Must not block. */
@FunctionalInterface
public interface InvocationObserver {
    /** Hears nothing. */
    InvocationObserver NONE = invocation -> {};

    /** An invocation has ended. */
    void invoked(Invoked invocation);

    /**
     * One invocation.
     *
     * @param function its name
     * @param outcome {@code returned}, {@code failed}, or {@code refused} where no execution environment was to be had
     * @param nanos from the call to its outcome
     * @param cold whether an execution environment was made for it
     */
    record Invoked(String function, String outcome, long nanos, boolean cold) {}
}
