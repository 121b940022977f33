package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.lambda.CodeDownloads;
import dev.ruststack.emulator.lambda.Constraints;
import dev.ruststack.emulator.lambda.FunctionConfiguration;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.FunctionSettings;
import dev.ruststack.emulator.lambda.LayerName;
import dev.ruststack.emulator.lambda.LayerVersion;
import dev.ruststack.emulator.lambda.Layers;
import dev.ruststack.emulator.lambda.ResourcePolicy;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes a version of a layer of a zip. AWS: Lambda API Reference, PublishLayerVersion. */
@Http(value = "POST /2018-10-31/layers/{LayerName}/versions", code = 201)
public final class PublishLayerVersion implements Operation<PublishLayerVersion.Input, LayerContent> {
    private static final int MOST_RUNTIMES = 15;
    private static final int MOST_ARCHITECTURES = 2;

    private final Layers layers;
    private final PackageSource packages;
    private final CodeDownloads downloads;
    private final Clock clock;

    public PublishLayerVersion(Layers layers, PackageSource packages, CodeDownloads downloads, Clock clock) {
        this.layers = layers;
        this.packages = packages;
        this.downloads = downloads;
        this.clock = clock;
    }

    record Input(
            @HttpLabel String layerName,
            @Nullable String description,
            @Nullable Content content,
            @Nullable List<String> compatibleRuntimes,
            @Nullable String licenseInfo,
            @Nullable List<String> compatibleArchitectures) {
        void check() {
            var constraints = new Constraints()
                    .required("content", content)
                    .length("description", description, 0, 256)
                    .length("licenseInfo", licenseInfo, 0, 512)
                    .size("compatibleRuntimes", compatibleRuntimes, MOST_RUNTIMES)
                    .size("compatibleArchitectures", compatibleArchitectures, MOST_ARCHITECTURES);
            FunctionSettings.checkRuntimes(constraints, "compatibleRuntimes", compatibleRuntimes);
            FunctionSettings.checkArchitectures(constraints, "compatibleArchitectures", compatibleArchitectures);
            if (content != null) {
                content.given().check(constraints, "content.");
            }
            constraints.check();
        }
    }

    record Content(
            byte @Nullable [] zipFile,
            @Nullable String s3Bucket,
            @Nullable String s3Key,
            @Nullable String s3ObjectVersion) {
        PackageSource.Given given() {
            return new PackageSource.Given(zipFile, s3Bucket, s3Key, s3ObjectVersion);
        }
    }

    @Override
    public LayerContent handle(Input input, Call call) throws IOException {
        input.check();
        var arn = LayerName.arn(input.layerName(), call);
        var owner = new FunctionName(call.accountId(), call.region(), LayerName.name(arn), null);
        var code = packages.take(owner, Objects.requireNonNull(input.content()).given(), name());
        boolean owned = false;
        try {
            var published = layers.publish(arn, number -> version(input, arn, number, code));
            owned = true;
            return LayerContent.of(published, layers, downloads, call);
        } finally {
            if (!owned) {
                layers.archives().release(code, Duration.ZERO);
            }
        }
    }

    private LayerVersion version(Input input, String arn, int number, FunctionConfiguration.Code code) {
        return new LayerVersion(
                arn,
                number,
                Objects.requireNonNullElse(input.description(), ""),
                Objects.requireNonNullElse(input.licenseInfo(), ""),
                clock.instant(),
                Objects.requireNonNullElse(input.compatibleRuntimes(), List.of()),
                Objects.requireNonNullElse(input.compatibleArchitectures(), List.of()),
                code.sha256(),
                code.size(),
                layers.archives().home(code),
                ResourcePolicy.NONE,
                null);
    }
}
