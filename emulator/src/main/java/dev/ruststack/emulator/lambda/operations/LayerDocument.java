package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.lambda.LayerVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A layer's version as lists have it. AWS: Lambda API Reference, LayerVersionsListItem. */
record LayerDocument(
        String layerVersionArn,
        long version,
        String description,
        String createdDate,
        @Nullable List<String> compatibleRuntimes,
        @Nullable String licenseInfo,
        @Nullable List<String> compatibleArchitectures) {
    static LayerDocument of(LayerVersion version) {
        return new LayerDocument(
                version.versionArn(),
                version.version(),
                version.description(),
                FunctionDocument.lastModified(version.created()),
                LayerContent.orNull(version.compatibleRuntimes()),
                LayerContent.orNull(version.licenseInfo()),
                LayerContent.orNull(version.compatibleArchitectures()));
    }
}
