package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.lambda.LambdaError;
import dev.ruststack.emulator.lambda.LayerName;
import dev.ruststack.emulator.lambda.Layers;
import dev.ruststack.emulator.lambda.ResourcePolicy;
import org.jspecify.annotations.Nullable;

/** Tells who else may use a layer's version. AWS: Lambda API Reference, GetLayerVersionPolicy. */
@Http("GET /2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy")
public final class GetLayerVersionPolicy
        implements Operation<GetLayerVersionPolicy.Input, GetLayerVersionPolicy.Output> {
    private final Layers layers;

    public GetLayerVersionPolicy(Layers layers) {
        this.layers = layers;
    }

    record Input(@HttpLabel String layerName, @HttpLabel int versionNumber) {}

    record Output(String policy, @Nullable String revisionId) {}

    @Override
    public Output handle(Input input, Call call) {
        var version = layers.require(LayerName.arn(input.layerName(), call), input.versionNumber());
        if (version.policy().equals(ResourcePolicy.NONE)) {
            throw LambdaError.RESOURCE_NOT_FOUND.saying("No policy is associated with the given resource.");
        }
        return new Output(version.policy().json(), version.policyRevision());
    }
}
