package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.lambda.LayerName;
import dev.ruststack.emulator.lambda.LayerVersion;
import dev.ruststack.emulator.lambda.Layers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists the layers of an account and region, each with its newest version that fits. AWS: Lambda API Reference, ListLayers. */
@Http("GET /2018-10-31/layers")
public final class ListLayers implements Operation<ListLayers.Input, ListLayers.Output> {
    private final Layers layers;

    public ListLayers(Layers layers) {
        this.layers = layers;
    }

    record Input(
            @HttpQuery("CompatibleRuntime") @Nullable String compatibleRuntime,
            @HttpQuery("Marker") @Nullable String marker,
            @HttpQuery("MaxItems") @Nullable Integer maxItems,

            @HttpQuery("CompatibleArchitecture") @Nullable String compatibleArchitecture) {}

    record Output(@Nullable String nextMarker, List<Layer> layers) {}

    record Layer(String layerName, String layerArn, LayerDocument latestMatchingVersion) {
        static Layer of(LayerVersion version) {
            return new Layer(LayerName.name(version.arn()), version.arn(), LayerDocument.of(version));
        }
    }

    @Override
    public Output handle(Input input, Call call) {
        var newest = layers.list(call.accountId(), call.region()).stream()
                .flatMap(arn -> layers.versions(arn).stream()
                        .filter(version -> version.fits(input.compatibleRuntime(), input.compatibleArchitecture()))
                        .limit(1))
                .toList();
        var page = Page.of(newest, input.marker(), input.maxItems(), LayerVersion::arn);
        return new Output(
                page.nextMarker(), page.items().stream().map(Layer::of).toList());
    }
}
