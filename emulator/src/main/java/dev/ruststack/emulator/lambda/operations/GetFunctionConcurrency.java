package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.Functions;
import org.jspecify.annotations.Nullable;

/** Tells that nothing is reserved for a function, as it cannot be yet. AWS: Lambda API Reference, GetFunctionConcurrency. */
@Http("GET /2019-09-30/functions/{FunctionName}/concurrency")
public final class GetFunctionConcurrency
        implements Operation<GetFunctionConcurrency.Input, GetFunctionConcurrency.Output> {
    private final Functions functions;

    public GetFunctionConcurrency(Functions functions) {
        this.functions = functions;
    }

    record Input(@HttpLabel String functionName) {}

    record Output(@Nullable Integer reservedConcurrentExecutions) {}

    @Override
    public Output handle(Input input, Call call) {
        functions.require(FunctionName.parse(input.functionName(), null, FunctionName.Use.CHANGE, call));
        return new Output(null);
    }
}
