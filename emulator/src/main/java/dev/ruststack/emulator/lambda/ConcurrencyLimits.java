package dev.ruststack.emulator.lambda;

import org.jspecify.annotations.Nullable;

/**
 * How the concurrency of an account is shared among its functions. Asked before every invocation. AWS: Lambda Developer
 * Guide, Configuring reserved concurrency for a function.
 */
public interface ConcurrencyLimits {
    /** Nothing is reserved. */
    ConcurrencyLimits NONE = new ConcurrencyLimits() {
        @Override
        public @Nullable Integer of(String functionArn) {
            return null;
        }

        @Override
        public int reserved(String owner) {
            return 0;
        }
    };

    /** What is reserved for a function; null for nothing. */
    @Nullable
    Integer of(String functionArn);

    /**
     * What is reserved for all functions of an account in a region.
     *
     * @param owner what the ARNs of these functions begin with
     */
    int reserved(String owner);

    /** What the ARNs of the functions begin with that share an account's concurrency in a region with this one. */
    static String owner(String functionArn) {
        return functionArn.substring(0, functionArn.lastIndexOf(':') + 1);
    }
}
