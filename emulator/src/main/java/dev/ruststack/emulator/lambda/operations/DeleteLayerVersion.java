package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.lambda.LayerName;
import dev.ruststack.emulator.lambda.Layers;

/** Deletes a version of a layer; functions that have it keep it. AWS: Lambda API Reference, DeleteLayerVersion. */
@Http(value = "DELETE /2018-10-31/layers/{LayerName}/versions/{VersionNumber}", code = 204)
public final class DeleteLayerVersion implements Operation<DeleteLayerVersion.Input, DeleteLayerVersion.Output> {
    private final Layers layers;

    public DeleteLayerVersion(Layers layers) {
        this.layers = layers;
    }

    record Input(@HttpLabel String layerName, @HttpLabel int versionNumber) {}

    record Output() {}

    @Override
    public Output handle(Input input, Call call) {
        layers.delete(LayerName.arn(input.layerName(), call), input.versionNumber());
        return new Output();
    }
}
