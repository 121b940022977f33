package dev.ruststack.emulator.lambda.operations;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.InProcess;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.NotHonoured;
import dev.ruststack.emulator.lambda.Constraints;
import dev.ruststack.emulator.lambda.FunctionConfiguration;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.FunctionSettings;
import dev.ruststack.emulator.lambda.Functions;
import dev.ruststack.emulator.lambda.Versions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Creates a function of a zip or of an image. AWS: Lambda API Reference, CreateFunction. */
@Http(value = "POST /2015-03-31/functions", code = 201)
public final class CreateFunction implements Operation<CreateFunction.Input, FunctionDocument> {
    private final Functions functions;
    private final Versions versions;
    private final PackageSource packages;

    public CreateFunction(Functions functions, Versions versions, PackageSource packages) {
        this.functions = functions;
        this.versions = versions;
        this.packages = packages;
    }

    record Input(
            @Nullable String functionName,
            @Nullable String runtime,
            @Nullable String role,
            @Nullable String handler,
            @Nullable Code code,
            @Nullable String description,
            @Nullable Integer timeout,
            @Nullable Integer memorySize,
            @Nullable Boolean publish,
            @NotHonoured FunctionMembers.@Nullable VpcConfig vpcConfig,
            @Nullable String packageType,
            @NotHonoured FunctionMembers.@Nullable DeadLetterConfig deadLetterConfig,
            FunctionMembers.@Nullable Environment environment,

            @NotHonoured @JsonProperty("KMSKeyArn") @Nullable
            String kmsKeyArn,

            @NotHonoured FunctionMembers.@Nullable TracingConfig tracingConfig,
            @Nullable Map<String, String> tags,
            @NotHonoured @Nullable List<String> layers,
            @NotHonoured @Nullable List<Map<String, Object>> fileSystemConfigs,
            ImageSource.@Nullable ImageConfig imageConfig,
            @NotHonoured @Nullable String codeSigningConfigArn,
            @Nullable List<String> architectures,
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
                    architectures);
        }
    }

    record Code(
            byte @Nullable [] zipFile,
            @Nullable String s3Bucket,
            @Nullable String s3Key,
            @Nullable String s3ObjectVersion,
            @Nullable String imageUri,
            @JsonProperty("SourceKMSKeyArn") @Nullable String sourceKmsKeyArn) {
        PackageSource.Given given() {
            return new PackageSource.Given(zipFile, s3Bucket, s3Key, s3ObjectVersion);
        }
    }

    @Override
    public FunctionDocument handle(Input input, Call call) throws IOException {
        functions.requireMayCreate(InProcess.made(call.request()));
        var settings = input.settings();
        var given = input.code() == null ? null : input.code().given();
        check(input, settings, given);
        if (input.functionName() == null || given == null) {
            throw new IllegalStateException("checked above");
        }
        var name = FunctionName.parseNew(input.functionName(), call);
        refuseUnsupported(input, name);
        settings.requireSound();
        var tags = Tags.require(input.tags() == null ? Map.of() : input.tags());
        functions.requireAbsent(name);
        var imageUri = imageUri(input, given);
        if (imageUri != null) {
            var image = ImageSource.image(imageUri, input.imageConfig());
            var created = functions.create(name, settings.withImage(image), ImageSource.code(imageUri), tags);
            return answer(input, name, created);
        }
        return answer(input, name, create(name, settings, given, tags));
    }

    /** Tells of the version where one is published: pending, as the function is. */
    private FunctionDocument answer(Input input, FunctionName name, FunctionConfiguration created) {
        if (!Boolean.TRUE.equals(input.publish())) {
            return FunctionDocument.of(created, name);
        }
        var published = versions.publishNow(name);
        return FunctionDocument.version(published.toBuilder()
                .state(created.state())
                .lastUpdate(created.lastUpdate())
                .build());
    }

    /** The image of a function that is made of one, and of nothing else; null for a package. */
    private static @Nullable String imageUri(Input input, PackageSource.Given given) {
        var imageUri = input.code() == null ? null : input.code().imageUri();
        if (!"Image".equals(input.packageType())) {
            if (imageUri != null || input.imageConfig() != null) {
                throw ImageSource.invalid(
                        "Please do not provide ImageUri or ImageConfig when the intended function PackageType is Zip.");
            }
            return null;
        }
        if (imageUri == null || !given.isEmpty()) {
            throw ImageSource.invalid(
                    "Please provide ImageUri, and no other FunctionCode parameters, when creating a function with packageType Image.");
        }
        if (input.runtime() != null || input.handler() != null) {
            throw ImageSource.invalid(
                    "Please don't provide Handler or Runtime or Layer when the intended function PackageType is Image.");
        }
        return imageUri;
    }

    private static void check(Input input, FunctionSettings settings, PackageSource.@Nullable Given code) {
        var constraints = new Constraints()
                .required("functionName", input.functionName())
                .required("role", input.role())
                .required("code", code)
                .oneOf("packageType", input.packageType(), List.of("Zip", "Image"));
        if (code != null) {
            code.check(constraints, "code.");
        }
        settings.check(constraints).check();
    }

    private static void refuseUnsupported(Input input, FunctionName name) {
        var code = input.code();
        new Unsupported("CreateFunction")
                .refuse("Code.SourceKMSKeyArn", code == null ? null : code.sourceKmsKeyArn())
                .refuse(input.vpcConfig())
                .refuse(input.deadLetterConfig())
                .refuse("KMSKeyArn", input.kmsKeyArn())
                .refuse(input.tracingConfig())
                .refuse("Layers", input.layers())
                .refuse("FileSystemConfigs", input.fileSystemConfigs())
                .refuse("CodeSigningConfigArn", input.codeSigningConfigArn())
                .refuse(input.snapStart())
                .refuse(input.loggingConfig(), name.name());
    }

    private FunctionConfiguration create(
            FunctionName name, FunctionSettings settings, PackageSource.Given given, Map<String, String> tags)
            throws IOException {
        var code = packages.take(name, given, name());
        FunctionConfiguration created = null;
        try {
            created = functions.create(name, settings, code, tags);
            return created;
        } finally {
            if (created == null) {
                functions.archives().release(code, Duration.ZERO);
            }
        }
    }
}
