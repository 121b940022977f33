package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.lambda.CodeDownloads;
import dev.ruststack.emulator.lambda.LayerName;
import dev.ruststack.emulator.lambda.Layers;

/** Tells all of a layer's version, and where its package can be had. AWS: Lambda API Reference, GetLayerVersion. */
@Http("GET /2018-10-31/layers/{LayerName}/versions/{VersionNumber}")
public final class GetLayerVersion implements Operation<GetLayerVersion.Input, LayerContent> {
    private final Layers layers;
    private final CodeDownloads downloads;

    public GetLayerVersion(Layers layers, CodeDownloads downloads) {
        this.layers = layers;
        this.downloads = downloads;
    }

    record Input(@HttpLabel String layerName, @HttpLabel int versionNumber) {}

    @Override
    public LayerContent handle(Input input, Call call) {
        var version = layers.require(LayerName.arn(input.layerName(), call), input.versionNumber());
        return LayerContent.of(version, layers, downloads, call);
    }
}
