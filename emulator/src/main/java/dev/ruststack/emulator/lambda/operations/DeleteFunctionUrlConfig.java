package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.FunctionUrls;
import org.jspecify.annotations.Nullable;

/** Takes the URL of a function or an alias away; it is not given again. AWS: Lambda API Reference, DeleteFunctionUrlConfig. */
@Http(value = "DELETE /2021-10-31/functions/{FunctionName}/url", code = 204)
public final class DeleteFunctionUrlConfig
        implements Operation<DeleteFunctionUrlConfig.Input, DeleteFunctionUrlConfig.Output> {
    private final FunctionUrls urls;

    public DeleteFunctionUrlConfig(FunctionUrls urls) {
        this.urls = urls;
    }

    record Input(
            @HttpLabel String functionName,
            @HttpQuery("Qualifier") @Nullable String qualifier) {}

    record Output() {}

    @Override
    public Output handle(Input input, Call call) {
        urls.remove(FunctionUrlDocument.unversioned(
                FunctionName.parse(input.functionName(), input.qualifier(), FunctionName.Use.CHANGE, call)));
        return new Output();
    }
}
