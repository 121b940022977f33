package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.lambda.CodeDownloads;
import dev.ruststack.emulator.lambda.Constraints;
import dev.ruststack.emulator.lambda.LambdaError;
import dev.ruststack.emulator.lambda.LayerName;
import dev.ruststack.emulator.lambda.Layers;

/** As GetLayerVersion, by the ARN of the version. AWS: Lambda API Reference, GetLayerVersionByArn. */
@Http("GET /2018-10-31/layers?find=LayerVersion&Arn")
public final class GetLayerVersionByArn implements Operation<GetLayerVersionByArn.Input, LayerContent> {
    private final Layers layers;
    private final CodeDownloads downloads;

    public GetLayerVersionByArn(Layers layers, CodeDownloads downloads) {
        this.layers = layers;
        this.downloads = downloads;
    }

    record Input(@HttpQuery("Arn") String arn) {}

    @Override
    public LayerContent handle(Input input, Call call) {
        new Constraints()
                .matches("arn", input.arn(), LayerName.VERSION_ARN)
                .length("arn", input.arn(), 1, 140)
                .check();
        var version = layers.find(input.arn());
        if (version == null) {
            throw LambdaError.RESOURCE_NOT_FOUND.error();
        }
        return LayerContent.of(version, layers, downloads, call);
    }
}
