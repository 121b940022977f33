package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.lambda.FunctionConfiguration;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.sandbox.Sandbox.Image;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
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
        @Nullable Environment environment,
        TracingConfig tracingConfig,
        String revisionId,
        @Nullable String state,
        @Nullable String stateReason,
        @Nullable String stateReasonCode,
        @Nullable String lastUpdateStatus,
        @Nullable String lastUpdateStatusReason,
        @Nullable String lastUpdateStatusReasonCode,
        String packageType,
        @Nullable ImageConfigResponse imageConfigResponse,
        List<String> architectures,
        EphemeralStorage ephemeralStorage,
        SnapStart snapStart,
        LoggingConfig loggingConfig) {
    private static final DateTimeFormatter LAST_MODIFIED =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'+0000'").withZone(ZoneOffset.UTC);

    record Environment(Map<String, String> variables) {}

    record ImageConfigResponse(ImageSource.ImageConfig imageConfig) {
        static @Nullable ImageConfigResponse of(@Nullable Image image) {
            var config = image == null ? null : ImageSource.ImageConfig.of(image);
            return config == null ? null : new ImageConfigResponse(config);
        }
    }

    record TracingConfig(String mode) {}

    record EphemeralStorage(int size) {}

    record SnapStart(String applyOn, String optimizationStatus) {}

    record LoggingConfig(String logFormat, String logGroup) {}

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
                function.environment().isEmpty() ? null : new Environment(function.environment()),
                new TracingConfig("PassThrough"),
                function.revisionId(),
                state == null ? null : state.name(),
                state == null ? null : state.reason(),
                state == null ? null : state.reasonCode(),
                update == null ? null : update.name(),
                update == null ? null : update.reason(),
                update == null ? null : update.reasonCode(),
                function.image() == null ? "Zip" : "Image",
                ImageConfigResponse.of(function.image()),
                function.architectures(),
                new EphemeralStorage(function.ephemeralStorage()),
                new SnapStart("None", "Off"),
                new LoggingConfig("Text", logGroup(function.name())));
    }

    static String lastModified(Instant instant) {
        return LAST_MODIFIED.format(instant);
    }

    /** The log group that a function has unless it is given another. */
    static String logGroup(String functionName) {
        return "/aws/lambda/" + functionName;
    }
}
