package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.Functions;
import dev.ruststack.emulator.lambda.LambdaError;
import org.jspecify.annotations.Nullable;

/** Tells that a function has no resource policy, as none can be given to it yet. AWS: Lambda API Reference, GetPolicy. */
@Http("GET /2015-03-31/functions/{FunctionName}/policy")
public final class GetPolicy implements Operation<GetPolicy.Input, GetPolicy.Output> {
    private final Functions functions;

    public GetPolicy(Functions functions) {
        this.functions = functions;
    }

    record Input(
            @HttpLabel String functionName,
            @HttpQuery("Qualifier") @Nullable String qualifier) {}

    record Output(String policy, String revisionId) {}

    @Override
    public Output handle(Input input, Call call) {
        functions.require(FunctionName.parse(input.functionName(), input.qualifier(), FunctionName.Use.READ, call));
        throw LambdaError.RESOURCE_NOT_FOUND.error();
    }
}
