package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.lambda.FunctionControls;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.Functions;
import dev.ruststack.emulator.lambda.LambdaError;
import org.jspecify.annotations.Nullable;

/** Tells who else may invoke a function. AWS: Lambda API Reference, GetPolicy. */
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
        var name = FunctionName.parse(input.functionName(), input.qualifier(), FunctionName.Use.READ, call);
        var function = functions.require(name);
        var policy = function.controls().policies().get(FunctionControls.qualifier(name));
        if (policy == null) {
            throw LambdaError.RESOURCE_NOT_FOUND.error();
        }
        return new Output(policy.json(), function.revisionId(name.qualifier()));
    }
}
