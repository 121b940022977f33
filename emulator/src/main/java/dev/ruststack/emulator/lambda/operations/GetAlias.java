package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.Functions;
import dev.ruststack.emulator.lambda.LambdaError;

/** Tells what an alias names. AWS: Lambda API Reference, GetAlias. */
@Http("GET /2015-03-31/functions/{FunctionName}/aliases/{Name}")
public final class GetAlias implements Operation<GetAlias.Input, AliasDocument> {
    private final Functions functions;

    public GetAlias(Functions functions) {
        this.functions = functions;
    }

    record Input(@HttpLabel String functionName, @HttpLabel String name) {}

    @Override
    public AliasDocument handle(Input input, Call call) {
        var name = FunctionName.parse(input.functionName(), null, FunctionName.Use.CHANGE, call);
        var alias = functions.require(name).aliases().get(input.name());
        if (alias == null) {
            throw LambdaError.RESOURCE_NOT_FOUND.saying("Cannot find alias arn: " + name.arn() + ":" + input.name());
        }
        return AliasDocument.of(alias, name);
    }
}
