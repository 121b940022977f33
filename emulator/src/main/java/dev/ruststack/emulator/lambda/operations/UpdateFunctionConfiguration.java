package dev.ruststack.emulator.lambda.operations;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.NotHonoured;
import dev.ruststack.emulator.lambda.Constraints;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.FunctionSettings;
import dev.ruststack.emulator.lambda.Functions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes the settings of a function. AWS: Lambda API Reference, UpdateFunctionConfiguration. */
@Http("PUT /2015-03-31/functions/{FunctionName}/configuration")
public final class UpdateFunctionConfiguration
        implements Operation<UpdateFunctionConfiguration.Input, FunctionDocument> {
    private final Functions functions;

    public UpdateFunctionConfiguration(Functions functions) {
        this.functions = functions;
    }

    record Input(
            @HttpLabel String functionName,
            @Nullable String runtime,
            @Nullable String role,
            @Nullable String handler,
            @Nullable String description,
            @Nullable Integer timeout,
            @Nullable Integer memorySize,
            @NotHonoured FunctionMembers.@Nullable VpcConfig vpcConfig,
            @NotHonoured FunctionMembers.@Nullable DeadLetterConfig deadLetterConfig,
            FunctionMembers.@Nullable Environment environment,

            @NotHonoured @JsonProperty("KMSKeyArn") @Nullable
            String kmsKeyArn,

            @NotHonoured FunctionMembers.@Nullable TracingConfig tracingConfig,
            @Nullable String revisionId,
            @NotHonoured @Nullable List<String> layers,
            @NotHonoured @Nullable List<Map<String, Object>> fileSystemConfigs,
            @NotHonoured @Nullable Map<String, Object> imageConfig,
            FunctionMembers.@Nullable EphemeralStorage ephemeralStorage,
            @NotHonoured FunctionMembers.@Nullable SnapStart snapStart,
            @NotHonoured FunctionMembers.@Nullable LoggingConfig loggingConfig) {

        FunctionSettings settings() {
            return new FunctionSettings(
                    runtime,
                    handler,
                    role,
                    description,
                    memorySize,
                    timeout,
                    FunctionMembers.size(ephemeralStorage),
                    FunctionMembers.variables(environment),
                    null);
        }
    }

    @Override
    public FunctionDocument handle(Input input, Call call) {
        var settings = input.settings();
        settings.check(new Constraints()).check();
        var name = FunctionName.parse(input.functionName(), null, FunctionName.Use.CHANGE, call);
        functions.require(name);
        refuseUnsupported(input, name);
        settings.requireSound();
        return FunctionDocument.of(functions.update(name, input.revisionId(), settings), name);
    }

    private static void refuseUnsupported(Input input, FunctionName name) {
        new Unsupported("UpdateFunctionConfiguration")
                .refuse("ImageConfig", input.imageConfig())
                .refuse(input.vpcConfig())
                .refuse(input.deadLetterConfig())
                .refuse("KMSKeyArn", input.kmsKeyArn())
                .refuse(input.tracingConfig())
                .refuse("Layers", input.layers())
                .refuse("FileSystemConfigs", input.fileSystemConfigs())
                .refuse(input.snapStart())
                .refuse(input.loggingConfig(), name.name());
    }
}
