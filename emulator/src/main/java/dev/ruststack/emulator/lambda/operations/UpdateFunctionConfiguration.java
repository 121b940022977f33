package dev.ruststack.emulator.lambda.operations;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.lambda.Constraints;
import dev.ruststack.emulator.lambda.FunctionConfiguration;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.FunctionSettings;
import dev.ruststack.emulator.lambda.Functions;
import dev.ruststack.emulator.lambda.Layers;
import dev.ruststack.emulator.lambda.ServiceSettings;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes the settings of a function. AWS: Lambda API Reference, UpdateFunctionConfiguration. */
@Http("PUT /2015-03-31/functions/{FunctionName}/configuration")
public final class UpdateFunctionConfiguration
        implements Operation<UpdateFunctionConfiguration.Input, FunctionDocument> {
    private final Functions functions;
    private final Layers layers;

    public UpdateFunctionConfiguration(Functions functions, Layers layers) {
        this.functions = functions;
        this.layers = layers;
    }

    record Input(
            @HttpLabel String functionName,
            @Nullable String runtime,
            @Nullable String role,
            @Nullable String handler,
            @Nullable String description,
            @Nullable Integer timeout,
            @Nullable Integer memorySize,
            ServiceSettings.@Nullable Vpc vpcConfig,
            ServiceSettings.@Nullable DeadLetter deadLetterConfig,
            FunctionMembers.@Nullable Environment environment,
            @JsonProperty("KMSKeyArn") @Nullable String kmsKeyArn,
            ServiceSettings.@Nullable Tracing tracingConfig,
            @Nullable String revisionId,
            @Nullable List<String> layers,
            @Nullable List<ServiceSettings.FileSystem> fileSystemConfigs,
            ImageSource.@Nullable ImageConfig imageConfig,
            FunctionMembers.@Nullable EphemeralStorage ephemeralStorage,
            ServiceSettings.@Nullable SnapStart snapStart,
            ServiceSettings.@Nullable Logging loggingConfig) {

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
                            null)
                    .withServices(new ServiceSettings(
                            vpcConfig,
                            deadLetterConfig,
                            kmsKeyArn,
                            tracingConfig,
                            fileSystemConfigs,
                            snapStart,
                            loggingConfig));
        }
    }

    @Override
    public FunctionDocument handle(Input input, Call call) throws IOException {
        var settings = input.settings();
        FunctionMembers.checkLayers(settings.check(new Constraints()), input.layers())
                .check();
        var name = FunctionName.parse(input.functionName(), null, FunctionName.Use.CHANGE, call);
        var current = functions.requireLatest(name);
        settings.requireSound();
        var resolved = input.layers() == null ? null : layers.resolve(input.layers(), current.code());
        var changed = ofImage(input, current, settings.withLayers(resolved));
        return FunctionDocument.of(functions.update(name, input.revisionId(), changed), name);
    }

    private static FunctionSettings ofImage(Input input, FunctionConfiguration current, FunctionSettings settings) {
        var image = current.image();
        var config = input.imageConfig();
        if (image == null) {
            if (config != null) {
                throw ImageSource.invalid("Please do not provide ImageConfig when the function's PackageType is Zip.");
            }
            return settings;
        }
        if (input.runtime() != null || input.handler() != null || !FunctionMembers.isEmpty(input.layers())) {
            throw ImageSource.invalid(
                    "Please don't provide Handler or Runtime or Layer when the intended function PackageType is Image.");
        }
        return config == null ? settings : settings.withImage(ImageSource.restarted(image, config));
    }
}
