package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.lambda.LayerName;
import dev.ruststack.emulator.lambda.Layers;
import org.jspecify.annotations.Nullable;

/** Takes a permission on a layer's version back. AWS: Lambda API Reference, RemoveLayerVersionPermission. */
@Http(value = "DELETE /2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy/{StatementId}", code = 204)
public final class RemoveLayerVersionPermission
        implements Operation<RemoveLayerVersionPermission.Input, RemoveLayerVersionPermission.Output> {
    private final Layers layers;

    public RemoveLayerVersionPermission(Layers layers) {
        this.layers = layers;
    }

    record Input(
            @HttpLabel String layerName,
            @HttpLabel int versionNumber,
            @HttpLabel String statementId,
            @HttpQuery("RevisionId") @Nullable String revisionId) {}

    record Output() {}

    @Override
    public Output handle(Input input, Call call) {
        var version = layers.require(LayerName.arn(input.layerName(), call), input.versionNumber());
        layers.change(version, input.revisionId(), policy -> policy.without(input.statementId()));
        return new Output();
    }
}
