package dev.ruststack.emulator.lambda.operations;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The structures in requests that create or change a function. AWS: Lambda API Reference, Data Types. */
final class FunctionMembers {
    private FunctionMembers() {}

    record Environment(@Nullable Map<String, String> variables) {}

    record EphemeralStorage(@Nullable Integer size) {}

    record TracingConfig(@Nullable String mode) {}

    record SnapStart(@Nullable String applyOn) {}

    record DeadLetterConfig(@Nullable String targetArn) {}

    record VpcConfig(
            @Nullable List<String> subnetIds,
            @Nullable List<String> securityGroupIds,
            @Nullable Boolean ipv6AllowedForDualStack) {}

    record LoggingConfig(
            @Nullable String logFormat,
            @Nullable String applicationLogLevel,
            @Nullable String systemLogLevel,
            @Nullable String logGroup) {}

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
