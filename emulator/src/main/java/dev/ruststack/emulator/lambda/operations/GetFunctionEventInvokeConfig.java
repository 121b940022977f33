package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.LambdaError;
import org.jspecify.annotations.Nullable;

/** Tells that asynchronous invocation is not configured, as it cannot be yet. AWS: Lambda API Reference, GetFunctionEventInvokeConfig. */
@Http("GET /2019-09-25/functions/{FunctionName}/event-invoke-config")
public final class GetFunctionEventInvokeConfig
        implements Operation<GetFunctionEventInvokeConfig.Input, GetFunctionEventInvokeConfig.Output> {
    record Input(
            @HttpLabel String functionName,
            @HttpQuery("Qualifier") @Nullable String qualifier) {}

    record Output(String functionArn) {}

    /** AWS answers the same where the function itself is not there. */
    @Override
    public Output handle(Input input, Call call) {
        var name = FunctionName.parse(input.functionName(), input.qualifier(), FunctionName.Use.CHANGE, call);
        var qualifier = name.qualifier() == null ? FunctionName.LATEST : name.qualifier();
        throw LambdaError.RESOURCE_NOT_FOUND.saying(
                "The function " + name.arn() + ":" + qualifier + " doesn't have an EventInvokeConfig");
    }
}
