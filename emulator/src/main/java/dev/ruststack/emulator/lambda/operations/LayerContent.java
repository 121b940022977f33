package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.lambda.CodeDownloads;
import dev.ruststack.emulator.lambda.LayerVersion;
import dev.ruststack.emulator.lambda.Layers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A layer's version with its package, on the wire. AWS: Lambda API Reference, GetLayerVersion. */
record LayerContent(
        Content content,
        String layerArn,
        String layerVersionArn,
        String description,
        String createdDate,
        long version,
        @Nullable List<String> compatibleRuntimes,
        @Nullable String licenseInfo,
        @Nullable List<String> compatibleArchitectures) {
    record Content(String location, String codeSha256, long codeSize) {}

    static LayerContent of(LayerVersion version, Layers layers, CodeDownloads downloads, Call call) {
        var location = downloads.location(version.versionArn(), layers.code(version), call.request());
        return new LayerContent(
                new Content(location, version.sha256(), version.size()),
                version.arn(),
                version.versionArn(),
                version.description(),
                FunctionDocument.lastModified(version.created()),
                version.version(),
                orNull(version.compatibleRuntimes()),
                orNull(version.licenseInfo()),
                orNull(version.compatibleArchitectures()));
    }

    static @Nullable List<String> orNull(List<String> values) {
        return values.isEmpty() ? null : values;
    }

    static @Nullable String orNull(String value) {
        return value.isEmpty() ? null : value;
    }
}
