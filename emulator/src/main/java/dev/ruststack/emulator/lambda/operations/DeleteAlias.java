package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.Functions;

/** Takes an alias away; that there is none is no error. AWS: Lambda API Reference, DeleteAlias. */
@Http(value = "DELETE /2015-03-31/functions/{FunctionName}/aliases/{Name}", code = 204)
public final class DeleteAlias implements Operation<DeleteAlias.Input, DeleteAlias.Output> {
    private final Functions functions;

    public DeleteAlias(Functions functions) {
        this.functions = functions;
    }

    record Input(@HttpLabel String functionName, @HttpLabel String name) {}

    record Output() {}

    @Override
    public Output handle(Input input, Call call) {
        var name = FunctionName.parse(input.functionName(), null, FunctionName.Use.CHANGE, call);
        functions.change(name, function -> function.withoutAlias(input.name()));
        return new Output();
    }
}
