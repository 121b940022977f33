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

/** Lets asynchronous events be treated as by default. AWS: Lambda API Reference, DeleteFunctionEventInvokeConfig. */
@Http(value = "DELETE /2019-09-25/functions/{FunctionName}/event-invoke-config", code = 204)
public final class DeleteFunctionEventInvokeConfig
        implements Operation<DeleteFunctionEventInvokeConfig.Input, DeleteFunctionEventInvokeConfig.Output> {
    private final Functions functions;

    public DeleteFunctionEventInvokeConfig(Functions functions) {
        this.functions = functions;
    }

    record Input(
            @HttpLabel String functionName,
            @HttpQuery("Qualifier") @Nullable String qualifier) {}

    record Output() {}

    @Override
    public Output handle(Input input, Call call) {
        var name = FunctionName.parse(input.functionName(), input.qualifier(), FunctionName.Use.CHANGE, call);
        EventInvoke.require(functions, name);
        functions.change(
                name,
                function -> function.withControls(
                        function.controls().withEventInvoke(FunctionControls.qualifier(name), null)));
        return new Output();
    }
}
