package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.lambda.CodeDownloads;
import dev.ruststack.emulator.lambda.FunctionConfiguration;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.Functions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells all of a function: configuration, tags, and where its package can be had. AWS: Lambda API Reference, GetFunction. */
@Http("GET /2015-03-31/functions/{FunctionName}")
public final class GetFunction implements Operation<GetFunction.Input, GetFunction.Output> {
    private final Functions functions;
    private final CodeDownloads downloads;

    public GetFunction(Functions functions, CodeDownloads downloads) {
        this.functions = functions;
        this.downloads = downloads;
    }

    record Input(
            @HttpLabel String functionName,
            @HttpQuery("Qualifier") @Nullable String qualifier) {}

    record Output(
            FunctionDocument configuration,
            CodeLocation code,
            @Nullable Map<String, String> tags,
            @Nullable FunctionConcurrency concurrency) {}

    record CodeLocation(
            String repositoryType,
            @Nullable String location,
            @Nullable String imageUri,
            @Nullable String resolvedImageUri) {}

    @Override
    public Output handle(Input input, Call call) {
        var name = FunctionName.parse(input.functionName(), input.qualifier(), FunctionName.Use.READ, call);
        var function = functions.require(name);
        var version = functions.requireVersion(name);
        var reserved = function.controls().reservedConcurrency();
        return new Output(
                FunctionDocument.of(version, name),
                location(version, call),
                function.tags().isEmpty() ? null : function.tags(),
                reserved == null ? null : new FunctionConcurrency(reserved));
    }

    private CodeLocation location(FunctionConfiguration function, Call call) {
        var image = function.image();
        return image == null
                ? new CodeLocation("S3", downloads.location(function, call.request()), null, null)
                : new CodeLocation("ECR", null, image.uri(), ImageSource.resolved(image, function.code()));
    }
}
