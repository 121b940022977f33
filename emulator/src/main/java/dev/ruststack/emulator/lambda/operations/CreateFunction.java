package dev.ruststack.emulator.lambda.operations;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.InProcess;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.lambda.CodeSigningConfigs;
import dev.ruststack.emulator.lambda.Constraints;
import dev.ruststack.emulator.lambda.FunctionConfiguration;
import dev.ruststack.emulator.lambda.FunctionLayers;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.FunctionSettings;
import dev.ruststack.emulator.lambda.Functions;
import dev.ruststack.emulator.lambda.Layers;
import dev.ruststack.emulator.lambda.ServiceSettings;
import dev.ruststack.emulator.lambda.Versions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Creates a function of a zip or of an image. AWS: Lambda API Reference, CreateFunction. */
@Http(value = "POST /2015-03-31/functions", code = 201)
public final class CreateFunction implements Operation<CreateFunction.Input, FunctionDocument> {
    private final Functions functions;
    private final Layers layers;
    private final Versions versions;
    private final PackageSource packages;
    private final CodeSigningConfigs codeSigning;

    public CreateFunction(
            Functions functions,
            Layers layers,
            Versions versions,
            PackageSource packages,
            CodeSigningConfigs codeSigning) {
        this.codeSigning = codeSigning;
        this.functions = functions;
        this.layers = layers;
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
            ServiceSettings.@Nullable Vpc vpcConfig,
            @Nullable String packageType,
            ServiceSettings.@Nullable DeadLetter deadLetterConfig,
            FunctionMembers.@Nullable Environment environment,
            @JsonProperty("KMSKeyArn") @Nullable String kmsKeyArn,
            ServiceSettings.@Nullable Tracing tracingConfig,
            @Nullable Map<String, String> tags,
            @Nullable List<String> layers,
            @Nullable List<ServiceSettings.FileSystem> fileSystemConfigs,
            ImageSource.@Nullable ImageConfig imageConfig,
            @Nullable String codeSigningConfigArn,
            @Nullable List<String> architectures,
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
                            architectures)
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
        refuseUnsupported(input);
        settings.requireSound();
        Tags.require(input.tags() == null ? Map.of() : input.tags());
        functions.requireAbsent(name);
        var imageUri = imageUri(input, given);
        requireMayBeUnsigned(input.codeSigningConfigArn(), imageUri, name);
        if (imageUri != null) {
            var image = ImageSource.image(imageUri, input.imageConfig());
            return create(input, name, settings.withImage(image), ImageSource.code(imageUri));
        }
        var code = packages.take(name, given, name());
        boolean owned = false;
        try {
            var created = create(input, name, settings.withLayers(resolved(input, code)), code);
            owned = true;
            return created;
        } finally {
            if (!owned) {
                functions.archives().release(code, Duration.ZERO);
            }
        }
    }

    private FunctionLayers resolved(Input input, FunctionConfiguration.Code code) throws IOException {
        return layers.resolve(Objects.requireNonNullElse(input.layers(), List.of()), code);
    }

    private FunctionDocument create(
            Input input, FunctionName name, FunctionSettings settings, FunctionConfiguration.Code code) {
        var tags = Objects.requireNonNullElse(input.tags(), Map.<String, String>of());
        var created = publishedOrNot(input, name, settings, code, tags);
        if (input.codeSigningConfigArn() != null) {
            var arn = input.codeSigningConfigArn();
            functions.change(
                    name, function -> function.withControls(function.controls().withCodeSigningConfig(arn)));
        }
        return created;
    }

    /** Tells of the version where one is published. */
    private FunctionDocument publishedOrNot(
            Input input,
            FunctionName name,
            FunctionSettings settings,
            FunctionConfiguration.Code code,
            Map<String, String> tags) {
        return Boolean.TRUE.equals(input.publish())
                ? FunctionDocument.version(versions.create(name, settings, code, tags))
                : FunctionDocument.of(functions.create(name, settings, code, tags), name);
    }

    private void requireMayBeUnsigned(
            @Nullable String codeSigningConfigArn, @Nullable String imageUri, FunctionName name) {
        if (codeSigningConfigArn != null) {
            codeSigning.requireFor(codeSigningConfigArn);
            if (imageUri != null) {
                throw ImageSource.invalid("Code signing is not supported for functions with packageType Image.");
            }
            codeSigning.requireUnsigned(codeSigningConfigArn, name.name());
        }
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
        if (input.runtime() != null || input.handler() != null || !FunctionMembers.isEmpty(input.layers())) {
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
        FunctionMembers.checkLayers(settings.check(constraints), input.layers()).check();
    }

    private static void refuseUnsupported(Input input) {
        var code = input.code();
        new Unsupported("CreateFunction").refuse("Code.SourceKMSKeyArn", code == null ? null : code.sourceKmsKeyArn());
    }
}
