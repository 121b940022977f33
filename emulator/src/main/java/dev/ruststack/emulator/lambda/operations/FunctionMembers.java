package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.lambda.Constraints;
import dev.ruststack.emulator.lambda.LayerName;
import java.util.List;
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

    static boolean isEmpty(@Nullable List<String> values) {
        return values == null || values.isEmpty();
    }

    /** Checks that these can be layers. */
    static Constraints checkLayers(Constraints constraints, @Nullable List<String> layers) {
        for (var arn : layers == null ? List.<String>of() : layers) {
            constraints.matches("layers", arn, LayerName.VERSION_ARN).length("layers", arn, 1, 140);
        }
        return constraints;
    }
}
