package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.lambda.Constraints;
import dev.ruststack.emulator.lambda.Functions;
import dev.ruststack.emulator.lambda.LambdaError;
import dev.ruststack.emulator.lambda.ResourcePolicy;
import org.jspecify.annotations.Nullable;

/** Takes a permission back. AWS: Lambda API Reference, RemovePermission. */
@Http(value = "DELETE /2015-03-31/functions/{FunctionName}/policy/{StatementId}", code = 204)
public final class RemovePermission implements Operation<RemovePermission.Input, RemovePermission.Output> {
    private final Functions functions;

    public RemovePermission(Functions functions) {
        this.functions = functions;
    }

    record Input(
            @HttpLabel String functionName,
            @HttpLabel String statementId,
            @HttpQuery("Qualifier") @Nullable String qualifier,
            @HttpQuery("RevisionId") @Nullable String revisionId) {}

    record Output() {}

    @Override
    public Output handle(Input input, Call call) {
        new Constraints()
                .length("statementId", input.statementId(), 1, 100)
                .matches("statementId", input.statementId(), "([a-zA-Z0-9-_.]+)")
                .check();
        var name = FunctionPolicies.function(input.functionName(), input.qualifier(), call);
        FunctionPolicies.change(functions, name, input.revisionId(), policy -> {
            if (policy.equals(ResourcePolicy.NONE)) {
                throw LambdaError.RESOURCE_NOT_FOUND.saying("No policy is associated with the given resource.");
            }
            return policy.without(input.statementId());
        });
        return new Output();
    }
}
