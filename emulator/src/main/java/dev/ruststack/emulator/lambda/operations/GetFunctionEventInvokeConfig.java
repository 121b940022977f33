package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.lambda.FunctionControls;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.Functions;
import org.jspecify.annotations.Nullable;

/** Tells what becomes of asynchronous events. AWS: Lambda API Reference, GetFunctionEventInvokeConfig. */
@Http("GET /2019-09-25/functions/{FunctionName}/event-invoke-config")
public final class GetFunctionEventInvokeConfig implements Operation<GetFunctionEventInvokeConfig.Input, EventInvoke> {
    private final Functions functions;

    public GetFunctionEventInvokeConfig(Functions functions) {
        this.functions = functions;
    }

    record Input(
            @HttpLabel String functionName,
            @HttpQuery("Qualifier") @Nullable String qualifier) {}

    @Override
    public EventInvoke handle(Input input, Call call) {
        var name = FunctionName.parse(input.functionName(), input.qualifier(), FunctionName.Use.CHANGE, call);
        return EventInvoke.of(name.arn(), FunctionControls.qualifier(name), EventInvoke.require(functions, name));
    }
}
