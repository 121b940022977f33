package dev.ruststack.emulator.lambda.operations;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The structures in requests that create or change a function. AWS: Lambda API Reference, Data Types. */
final class FunctionMembers {
    private FunctionMembers() {}

    record Environment(@Nullable Map<String, String> variables) {}

    record EphemeralStorage(@Nullable Integer size) {}

    static @Nullable Map<String, String> variables(@Nullable Environment environment) {
        if (environment == null) {
            return null;
        }
        return environment.variables() == null ? Map.of() : environment.variables();
    }

    static @Nullable Integer size(@Nullable EphemeralStorage storage) {
        return storage == null ? null : storage.size();
    }
}
