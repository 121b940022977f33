package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.Functions;
import java.util.Objects;

/** Tells whether a function may invoke itself in a loop. AWS: Lambda API Reference, GetFunctionRecursionConfig. */
@Http("GET /2024-08-31/functions/{FunctionName}/recursion-config")
public final class GetFunctionRecursionConfig
        implements Operation<GetFunctionRecursionConfig.Input, GetFunctionRecursionConfig.Output> {
    private final Functions functions;

    public GetFunctionRecursionConfig(Functions functions) {
        this.functions = functions;
    }

    record Input(@HttpLabel String functionName) {}

    record Output(String recursiveLoop) {}

    @Override
    public Output handle(Input input, Call call) {
        var name = FunctionName.parse(input.functionName(), null, FunctionName.Use.CHANGE, call);
        var loop = functions.require(name).controls().recursiveLoop();
        return new Output(Objects.requireNonNullElse(loop, "Terminate"));
    }
}
