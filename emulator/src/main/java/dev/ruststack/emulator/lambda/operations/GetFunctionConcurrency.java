package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.lambda.Functions;

/** Tells what is reserved for a function. AWS: Lambda API Reference, GetFunctionConcurrency. */
@Http("GET /2019-09-30/functions/{FunctionName}/concurrency")
public final class GetFunctionConcurrency implements Operation<GetFunctionConcurrency.Input, FunctionConcurrency> {
    private final Functions functions;

    public GetFunctionConcurrency(Functions functions) {
        this.functions = functions;
    }

    record Input(@HttpLabel String functionName) {}

    @Override
    public FunctionConcurrency handle(Input input, Call call) {
        var function = functions.require(FunctionConcurrency.function(input.functionName(), call));
        return new FunctionConcurrency(function.controls().reservedConcurrency());
    }
}
