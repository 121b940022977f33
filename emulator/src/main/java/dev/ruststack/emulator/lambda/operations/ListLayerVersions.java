package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.lambda.LayerName;
import dev.ruststack.emulator.lambda.LayerVersion;
import dev.ruststack.emulator.lambda.Layers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists the versions of a layer, the newest first. AWS: Lambda API Reference, ListLayerVersions. */
@Http("GET /2018-10-31/layers/{LayerName}/versions")
public final class ListLayerVersions implements Operation<ListLayerVersions.Input, ListLayerVersions.Output> {
    private final Layers layers;

    public ListLayerVersions(Layers layers) {
        this.layers = layers;
    }

    record Input(
            @HttpQuery("CompatibleRuntime") @Nullable String compatibleRuntime,
            @HttpLabel String layerName,
            @HttpQuery("Marker") @Nullable String marker,
            @HttpQuery("MaxItems") @Nullable Integer maxItems,

            @HttpQuery("CompatibleArchitecture") @Nullable String compatibleArchitecture) {}

    record Output(@Nullable String nextMarker, List<LayerDocument> layerVersions) {}

    @Override
    public Output handle(Input input, Call call) {
        var versions = layers.versions(LayerName.arn(input.layerName(), call)).stream()
                .filter(version -> version.fits(input.compatibleRuntime(), input.compatibleArchitecture()))
                .toList();
        var page = Page.of(versions, input.marker(), input.maxItems(), ListLayerVersions::order);
        return new Output(
                page.nextMarker(), page.items().stream().map(LayerDocument::of).toList());
    }

    /** What orders the newest first. */
    private static String order(LayerVersion version) {
        return "%010d".formatted(Integer.MAX_VALUE - version.version());
    }
}
