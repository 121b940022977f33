package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.lambda.Functions;

/** Gives back what is reserved for a function. AWS: Lambda API Reference, DeleteFunctionConcurrency. */
@Http(value = "DELETE /2017-10-31/functions/{FunctionName}/concurrency", code = 204)
public final class DeleteFunctionConcurrency
        implements Operation<DeleteFunctionConcurrency.Input, DeleteFunctionConcurrency.Output> {
    private final Functions functions;

    public DeleteFunctionConcurrency(Functions functions) {
        this.functions = functions;
    }

    record Input(@HttpLabel String functionName) {}

    record Output() {}

    @Override
    public Output handle(Input input, Call call) {
        var name = FunctionConcurrency.function(input.functionName(), call);
        functions.change(
                name, function -> function.withControls(function.controls().withReservedConcurrency(null)));
        return new Output();
    }
}
