package dev.ruststack.emulator.aws;

/** Hears of every call of an operation once it is answered. Called from the call's thread; must not block. */
@FunctionalInterface
public interface CallObserver {
    /** Hears nothing. */
    CallObserver NONE = call -> {};

    /** A call was answered. */
    void called(Observed call);

    /**
     * One call.
     *
     * @param service the name in credential scopes
     * @param operation AWS's name of the operation, of those that RustStack knows; {@link #UNKNOWN} for all others
     * @param status of the answer
     * @param nanos until the answer's head was made
     * @param within whether it came from within the emulator, as from a seed
     */
    record Observed(String service, String operation, int status, long nanos, boolean within) {
        public static final String UNKNOWN = "Unknown";
    }
}
