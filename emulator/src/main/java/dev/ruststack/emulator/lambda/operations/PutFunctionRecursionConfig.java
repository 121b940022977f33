package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.lambda.Constraints;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.Functions;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says whether a function may invoke itself in a loop, which is kept: none is ended. AWS: Lambda API Reference, PutFunctionRecursionConfig. */
@Http("PUT /2024-08-31/functions/{FunctionName}/recursion-config")
public final class PutFunctionRecursionConfig
        implements Operation<PutFunctionRecursionConfig.Input, PutFunctionRecursionConfig.Output> {
    private final Functions functions;

    public PutFunctionRecursionConfig(Functions functions) {
        this.functions = functions;
    }

    record Input(@HttpLabel String functionName, @Nullable String recursiveLoop) {}

    record Output(String recursiveLoop) {}

    @Override
    public Output handle(Input input, Call call) {
        new Constraints()
                .required("recursiveLoop", input.recursiveLoop())
                .oneOf("recursiveLoop", input.recursiveLoop(), List.of("Allow", "Terminate"))
                .check();
        var loop = Objects.requireNonNull(input.recursiveLoop());
        var name = FunctionName.parse(input.functionName(), null, FunctionName.Use.CHANGE, call);
        functions.change(
                name, function -> function.withControls(function.controls().withRecursiveLoop(loop)));
        return new Output(loop);
    }
}
