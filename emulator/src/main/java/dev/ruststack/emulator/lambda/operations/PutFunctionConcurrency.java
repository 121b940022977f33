package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.lambda.Constraints;
import dev.ruststack.emulator.lambda.Functions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reserves concurrency for a function, and limits it to that. AWS: Lambda API Reference, PutFunctionConcurrency. */
@Http("PUT /2017-10-31/functions/{FunctionName}/concurrency")
public final class PutFunctionConcurrency implements Operation<PutFunctionConcurrency.Input, FunctionConcurrency> {
    private final Functions functions;

    public PutFunctionConcurrency(Functions functions) {
        this.functions = functions;
    }

    record Input(@HttpLabel String functionName, @Nullable Integer reservedConcurrentExecutions) {}

    @Override
    public FunctionConcurrency handle(Input input, Call call) {
        var asked = input.reservedConcurrentExecutions();
        new Constraints()
                .required("reservedConcurrentExecutions", asked)
                .range("reservedConcurrentExecutions", asked, 0, Integer.MAX_VALUE)
                .check();
        int reserved = Objects.requireNonNull(asked);
        var name = FunctionConcurrency.function(input.functionName(), call);
        functions.change(name, function -> {
            FunctionConcurrency.requireLeft(functions, name, reserved);
            return function.withControls(function.controls().withReservedConcurrency(reserved));
        });
        return new FunctionConcurrency(reserved);
    }
}
