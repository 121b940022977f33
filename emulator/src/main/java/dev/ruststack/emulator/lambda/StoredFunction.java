package dev.ruststack.emulator.lambda;

import java.util.Map;

/** A function and what belongs to it beside its configuration. */
public record StoredFunction(FunctionConfiguration configuration, Map<String, String> tags) {
    public StoredFunction {
        tags = Map.copyOf(tags);
    }

    StoredFunction with(FunctionConfiguration newConfiguration) {
        return new StoredFunction(newConfiguration, tags);
    }

    StoredFunction withTags(Map<String, String> newTags) {
        return new StoredFunction(configuration, newTags);
    }
}
