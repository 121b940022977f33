package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.Functions;

/** Takes a function's code signing configuration away. AWS: Lambda API Reference, DeleteFunctionCodeSigningConfig. */
@Http(value = "DELETE /2020-06-30/functions/{FunctionName}/code-signing-config", code = 204)
public final class DeleteFunctionCodeSigningConfig
        implements Operation<DeleteFunctionCodeSigningConfig.Input, DeleteFunctionCodeSigningConfig.Output> {
    private final Functions functions;

    public DeleteFunctionCodeSigningConfig(Functions functions) {
        this.functions = functions;
    }

    record Input(@HttpLabel String functionName) {}

    record Output() {}

    @Override
    public Output handle(Input input, Call call) {
        var name = FunctionName.parse(input.functionName(), null, FunctionName.Use.CHANGE, call);
        functions.change(
                name, current -> current.withControls(current.controls().withCodeSigningConfig(null)));
        return new Output();
    }
}
