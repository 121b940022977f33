package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.lambda.LambdaError;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Refuses, by name, what a request asks for and RustStack does not do. A member that asks for nothing, as deployment
 * tools send them, passes.
 */
final class Unsupported {
    private final String operation;

    Unsupported(String operation) {
        this.operation = operation;
    }

    /** Throws {@code NotImplemented} naming the member where it asks for something. */
    Unsupported refuse(String member, boolean asked) {
        if (asked) {
            throw LambdaError.NOT_IMPLEMENTED.saying(operation + " with " + member + " is not implemented yet.");
        }
        return this;
    }

    Unsupported refuse(String member, @Nullable String value) {
        return refuse(member, value != null && !value.isEmpty());
    }

    Unsupported refuse(String member, @Nullable Collection<?> values) {
        return refuse(member, values != null && !values.isEmpty());
    }
}
