package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.lambda.Alias;
import dev.ruststack.emulator.lambda.Constraints;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.Functions;
import dev.ruststack.emulator.lambda.LambdaError;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes what an alias names; what is left out stays. AWS: Lambda API Reference, UpdateAlias. */
@Http("PUT /2015-03-31/functions/{FunctionName}/aliases/{Name}")
public final class UpdateAlias implements Operation<UpdateAlias.Input, AliasDocument> {
    private final Functions functions;

    public UpdateAlias(Functions functions) {
        this.functions = functions;
    }

    record Input(
            @HttpLabel String functionName,
            @HttpLabel String name,
            @Nullable String functionVersion,
            @Nullable String description,
            @Nullable AliasRouting routingConfig,
            @Nullable String revisionId) {}

    @Override
    public AliasDocument handle(Input input, Call call) {
        var constraints = new Constraints()
                .matches("name", input.name(), AliasRouting.ALIAS)
                .length("name", input.name(), 1, AliasRouting.MAX_ALIAS)
                .matches("functionVersion", input.functionVersion(), AliasRouting.VERSION)
                .length("functionVersion", input.functionVersion(), 1, AliasRouting.MAX_VERSION)
                .length("description", input.description(), 0, AliasRouting.MAX_DESCRIPTION);
        AliasRouting.check(constraints, input.routingConfig()).check();
        var name = FunctionName.parse(input.functionName(), null, FunctionName.Use.CHANGE, call);
        var changed = functions.change(name, function -> {
            var before = function.aliases().get(input.name());
            if (before == null) {
                throw LambdaError.RESOURCE_NOT_FOUND.saying("Alias not found: " + name.arn() + ":" + input.name());
            }
            var after = after(input, before);
            AliasRouting.require(function, name, after.version(), after.weights());
            return function.withAlias(after);
        });
        return AliasDocument.of(Objects.requireNonNull(changed.aliases().get(input.name())), name);
    }

    private static Alias after(Input input, Alias before) {
        if (input.revisionId() != null && !input.revisionId().equals(before.revisionId())) {
            throw LambdaError.PRECONDITION_FAILED.error();
        }
        return new Alias(
                before.name(),
                Objects.requireNonNullElse(input.functionVersion(), before.version()),
                Objects.requireNonNullElse(input.description(), before.description()),
                input.routingConfig() == null ? before.weights() : AliasRouting.weights(input.routingConfig()),
                UUID.randomUUID().toString());
    }
}
