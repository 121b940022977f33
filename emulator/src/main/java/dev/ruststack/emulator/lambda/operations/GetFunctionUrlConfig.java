package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.FunctionUrls;
import org.jspecify.annotations.Nullable;

/** Tells the URL of a function or an alias. AWS: Lambda API Reference, GetFunctionUrlConfig. */
@Http("GET /2021-10-31/functions/{FunctionName}/url")
public final class GetFunctionUrlConfig implements Operation<GetFunctionUrlConfig.Input, FunctionUrlDocument> {
    private final FunctionUrls urls;

    public GetFunctionUrlConfig(FunctionUrls urls) {
        this.urls = urls;
    }

    record Input(
            @HttpLabel String functionName,
            @HttpQuery("Qualifier") @Nullable String qualifier) {}

    /** AWS answers the same where there is no URL and where the function itself is not there. */
    @Override
    public FunctionUrlDocument handle(Input input, Call call) {
        var name = FunctionUrlDocument.unversioned(
                FunctionName.parse(input.functionName(), input.qualifier(), FunctionName.Use.CHANGE, call));
        return FunctionUrlDocument.of(urls.require(name), call.request());
    }
}
