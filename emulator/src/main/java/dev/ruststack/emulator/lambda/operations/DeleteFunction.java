package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.Functions;
import dev.ruststack.emulator.lambda.Versions;
import org.jspecify.annotations.Nullable;

/** Deletes a function, or one version of it. Invocations that run go on to their end. AWS: Lambda API Reference, DeleteFunction. */
@Http(value = "DELETE /2015-03-31/functions/{FunctionName}", code = 204)
public final class DeleteFunction implements Operation<DeleteFunction.Input, DeleteFunction.Output> {
    private final Functions functions;
    private final Versions versions;

    public DeleteFunction(Functions functions, Versions versions) {
        this.functions = functions;
        this.versions = versions;
    }

    record Input(
            @HttpLabel String functionName,
            @HttpQuery("Qualifier") @Nullable String qualifier) {}

    record Output() {}

    @Override
    public Output handle(Input input, Call call) {
        var name = FunctionName.parse(input.functionName(), input.qualifier(), FunctionName.Use.CHANGE, call);
        if (name.qualifier() == null) {
            functions.delete(name);
        } else {
            versions.delete(name);
        }
        return new Output();
    }
}
