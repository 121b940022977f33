package dev.ruststack.emulator.lambda.operations;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ruststack.emulator.lambda.FunctionConfiguration;
import dev.ruststack.emulator.lambda.FunctionLayers;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.ServiceSettings;
import dev.ruststack.emulator.lambda.sandbox.Sandbox.Image;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A function's configuration on the wire. AWS: Lambda API Reference, FunctionConfiguration. */
record FunctionDocument(
        String functionName,
        String functionArn,
        @Nullable String runtime,
        String role,
        @Nullable String handler,
        long codeSize,
        String description,
        int timeout,
        int memorySize,
        String lastModified,
        String codeSha256,
        String version,
        @Nullable VpcConfig vpcConfig,
        ServiceSettings.@Nullable DeadLetter deadLetterConfig,
        @Nullable Environment environment,
        @JsonProperty("KMSKeyArn") @Nullable String kmsKeyArn,
        ServiceSettings.Tracing tracingConfig,
        String revisionId,
        @Nullable String state,
        @Nullable String stateReason,
        @Nullable String stateReasonCode,
        @Nullable String lastUpdateStatus,
        @Nullable String lastUpdateStatusReason,
        @Nullable String lastUpdateStatusReasonCode,
        @Nullable List<Layer> layers,
        @Nullable List<ServiceSettings.FileSystem> fileSystemConfigs,
        String packageType,
        @Nullable ImageConfigResponse imageConfigResponse,
        List<String> architectures,
        EphemeralStorage ephemeralStorage,
        SnapStart snapStart,
        @Nullable RuntimeVersionConfig runtimeVersionConfig,
        ServiceSettings.Logging loggingConfig) {
    private static final DateTimeFormatter LAST_MODIFIED =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'+0000'").withZone(ZoneOffset.UTC);

    record Environment(Map<String, String> variables) {}

    record ImageConfigResponse(ImageSource.ImageConfig imageConfig) {
        static @Nullable ImageConfigResponse of(@Nullable Image image) {
            var config = image == null ? null : ImageSource.ImageConfig.of(image);
            return config == null ? null : new ImageConfigResponse(config);
        }
    }

    record EphemeralStorage(int size) {}

    record Layer(String arn, long codeSize) {
        static @Nullable List<Layer> of(FunctionLayers layers) {
            return layers.none()
                    ? null
                    : layers.layers().stream()
                            .map(layer -> new Layer(layer.arn(), layer.code().size()))
                            .toList();
        }
    }

    /** Whether a version would start from a snapshot; {@code $LATEST} never does. */
    record SnapStart(String applyOn, String optimizationStatus) {
        static SnapStart of(FunctionConfiguration function) {
            var asked = function.services().snapStart();
            var applyOn = asked == null || asked.applyOn() == null ? "None" : asked.applyOn();
            boolean on =
                    applyOn.equals("PublishedVersions") && !function.version().equals(FunctionName.LATEST);
            return new SnapStart(applyOn, on ? "On" : "Off");
        }
    }

    /** The network with one identifier more: there is none, so it is one that stands for these subnets. */
    record VpcConfig(
            List<String> subnetIds, List<String> securityGroupIds, String vpcId, boolean ipv6AllowedForDualStack) {
        static @Nullable VpcConfig of(ServiceSettings.@Nullable Vpc vpc) {
            if (vpc == null) {
                return null;
            }
            var subnets = Objects.requireNonNull(vpc.subnetIds());
            return new VpcConfig(
                    subnets,
                    Objects.requireNonNull(vpc.securityGroupIds()),
                    subnets.isEmpty()
                            ? ""
                            : "vpc-" + ImageSource.sha256(subnets.getFirst()).substring(0, 17),
                    Boolean.TRUE.equals(vpc.ipv6AllowedForDualStack()));
        }
    }

    /** A managed runtime's version, which AWS changes under functions; here it stands for the name. */
    record RuntimeVersionConfig(String runtimeVersionArn) {
        static @Nullable RuntimeVersionConfig of(FunctionConfiguration function) {
            return function.image() == null ? new RuntimeVersionConfig(arn(function)) : null;
        }

        static String arn(FunctionConfiguration function) {
            var parts = function.arn().split(":", 5);
            return String.join(":", parts[0], parts[1], parts[2], parts[3], "", "runtime") + ":"
                    + ImageSource.sha256(function.runtime());
        }
    }

    /** As Get and Update answer: with the state of the function and of its last update. */
    static FunctionDocument of(FunctionConfiguration function, FunctionName asked) {
        return of(function, asked.invokedArn(), true);
    }

    /** A published version, named as one. */
    static FunctionDocument version(FunctionConfiguration published) {
        return of(published, published.arn() + ":" + published.version(), true);
    }

    /** As lists have it: without states. */
    static FunctionDocument listed(FunctionConfiguration function, String arn) {
        return of(function, arn, false);
    }

    private static FunctionDocument of(FunctionConfiguration function, String arn, boolean withState) {
        var services = function.services();
        var state = withState ? function.state() : null;
        var update = withState ? function.lastUpdate() : null;
        return new FunctionDocument(
                function.name(),
                arn,
                function.image() == null ? function.runtime() : null,
                function.role(),
                function.image() == null ? function.handler() : null,
                function.code().size(),
                function.description(),
                function.timeout(),
                function.memorySize(),
                lastModified(function.lastModified()),
                function.code().sha256(),
                function.version(),
                VpcConfig.of(services.vpcConfig()),
                services.deadLetterArn() == null ? null : services.deadLetterConfig(),
                function.environment().isEmpty() ? null : new Environment(function.environment()),
                emptyToNull(services.kmsKeyArn()),
                tracing(services),
                function.revisionId(),
                state == null ? null : state.name(),
                state == null ? null : state.reason(),
                state == null ? null : state.reasonCode(),
                update == null ? null : update.name(),
                update == null ? null : update.reason(),
                update == null ? null : update.reasonCode(),
                Layer.of(function.layers()),
                services.fileSystemConfigs() == null
                                || services.fileSystemConfigs().isEmpty()
                        ? null
                        : services.fileSystemConfigs(),
                function.image() == null ? "Zip" : "Image",
                ImageConfigResponse.of(function.image()),
                function.architectures(),
                new EphemeralStorage(function.ephemeralStorage()),
                SnapStart.of(function),
                RuntimeVersionConfig.of(function),
                services.logging(function.name()));
    }

    private static ServiceSettings.Tracing tracing(ServiceSettings services) {
        var given = services.tracingConfig();
        return given == null || given.mode() == null ? new ServiceSettings.Tracing("PassThrough") : given;
    }

    private static @Nullable String emptyToNull(@Nullable String value) {
        return value == null || value.isEmpty() ? null : value;
    }

    static String lastModified(Instant instant) {
        return LAST_MODIFIED.format(instant);
    }
}
