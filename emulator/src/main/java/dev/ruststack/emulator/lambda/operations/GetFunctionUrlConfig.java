package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.LambdaError;
import org.jspecify.annotations.Nullable;

/** Tells that a function has no URL, as none can be made yet. AWS: Lambda API Reference, GetFunctionUrlConfig. */
@Http("GET /2021-10-31/functions/{FunctionName}/url")
public final class GetFunctionUrlConfig implements Operation<GetFunctionUrlConfig.Input, GetFunctionUrlConfig.Output> {
    record Input(
            @HttpLabel String functionName,
            @HttpQuery("Qualifier") @Nullable String qualifier) {}

    record Output(String functionUrl) {}

    /** AWS answers the same where the function itself is not there. */
    @Override
    public Output handle(Input input, Call call) {
        FunctionName.parse(input.functionName(), input.qualifier(), FunctionName.Use.CHANGE, call);
        throw LambdaError.RESOURCE_NOT_FOUND.error();
    }
}
