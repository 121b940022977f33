package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.lambda.Alias;
import dev.ruststack.emulator.lambda.FunctionName;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An alias on the wire. AWS: Lambda API Reference, AliasConfiguration. */
record AliasDocument(
        String aliasArn,
        String name,
        String functionVersion,
        String description,
        @Nullable AliasRouting routingConfig,
        String revisionId) {
    static AliasDocument of(Alias alias, FunctionName function) {
        return new AliasDocument(
                function.arn() + ":" + alias.name(),
                alias.name(),
                alias.version(),
                alias.description(),
                alias.weights().isEmpty() ? null : new AliasRouting(Map.copyOf(alias.weights())),
                alias.revisionId());
    }
}
