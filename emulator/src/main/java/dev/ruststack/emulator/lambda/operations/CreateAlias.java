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

/** Gives a version of a function a name. AWS: Lambda API Reference, CreateAlias. */
@Http(value = "POST /2015-03-31/functions/{FunctionName}/aliases", code = 201)
public final class CreateAlias implements Operation<CreateAlias.Input, AliasDocument> {
    private final Functions functions;

    public CreateAlias(Functions functions) {
        this.functions = functions;
    }

    record Input(
            @HttpLabel String functionName,
            @Nullable String name,
            @Nullable String functionVersion,
            @Nullable String description,
            @Nullable AliasRouting routingConfig) {}

    @Override
    public AliasDocument handle(Input input, Call call) {
        var constraints = new Constraints()
                .required("name", input.name())
                .matches("name", input.name(), AliasRouting.ALIAS)
                .length("name", input.name(), 1, AliasRouting.MAX_ALIAS)
                .required("functionVersion", input.functionVersion())
                .matches("functionVersion", input.functionVersion(), AliasRouting.VERSION)
                .length("functionVersion", input.functionVersion(), 1, AliasRouting.MAX_VERSION)
                .length("description", input.description(), 0, AliasRouting.MAX_DESCRIPTION);
        AliasRouting.check(constraints, input.routingConfig()).check();
        var name = FunctionName.parse(input.functionName(), null, FunctionName.Use.CHANGE, call);
        var alias = new Alias(
                Objects.requireNonNull(input.name()),
                Objects.requireNonNull(input.functionVersion()),
                Objects.requireNonNullElse(input.description(), ""),
                AliasRouting.weights(input.routingConfig()),
                UUID.randomUUID().toString());
        functions.change(name, function -> {
            AliasRouting.require(function, name, alias.version(), alias.weights());
            if (function.aliases().containsKey(alias.name())) {
                throw LambdaError.RESOURCE_CONFLICT.saying("Alias already exists: " + name.arn() + ":" + alias.name());
            }
            return function.withAlias(alias);
        });
        return AliasDocument.of(alias, name);
    }
}
