package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.lambda.Constraints;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.LambdaError;
import dev.ruststack.emulator.lambda.StoredFunction;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How an alias shares invocations. AWS: Lambda API Reference, AliasRoutingConfiguration. */
record AliasRouting(@Nullable Map<String, Double> additionalVersionWeights) {
    static final String ALIAS = "(?!^[0-9]+$)([a-zA-Z0-9-_]+)";
    static final int MAX_ALIAS = 128;
    static final String VERSION = "(\\$LATEST|[0-9]+)";
    static final int MAX_VERSION = 1024;
    static final int MAX_DESCRIPTION = 256;

    static Map<String, Double> weights(@Nullable AliasRouting routing) {
        return routing == null ? Map.of() : Objects.requireNonNullElse(routing.additionalVersionWeights(), Map.of());
    }

    /** What can be told from the request alone. */
    static Constraints check(Constraints constraints, @Nullable AliasRouting routing) {
        var weights = weights(routing);
        if (weights.values().stream().anyMatch(weight -> weight == null || !(weight >= 0 && weight <= 1))) {
            constraints.violation(
                    weights.toString(),
                    "routingConfig.additionalVersionWeights",
                    "Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must"
                            + " have value greater than or equal to 0.0, Member must not be null]");
        }
        if (weights.keySet().stream().anyMatch(version -> !version.matches("[0-9]+"))) {
            constraints.violation(
                    weights.toString(),
                    "routingConfig.additionalVersionWeights",
                    "Map keys must satisfy constraint: [Member must have length less than or equal to 1024, Member"
                            + " must have length greater than or equal to 1, Member must satisfy regular expression"
                            + " pattern: [0-9]+, Member must not be null]");
        }
        return constraints;
    }

    /** Throws where the function has not the versions that an alias is to name, or they cannot be shared. */
    static void require(StoredFunction function, FunctionName name, String version, Map<String, Double> weights) {
        requireVersion(function, name, version);
        if (weights.isEmpty()) {
            return;
        }
        if (weights.size() > 1) {
            throw invalid("Number of items in AdditionalVersionWeights cannot be greater than 1");
        }
        if (version.equals(FunctionName.LATEST)) {
            throw invalid("$LATEST is not supported for an alias pointing to more than 1 version");
        }
        if (weights.containsKey(version)) {
            throw invalid("Invalid function version " + version + ". Function version " + version
                    + " is already included in routing configuration.");
        }
        weights.keySet().forEach(other -> requireVersion(function, name, other));
    }

    private static void requireVersion(StoredFunction function, FunctionName name, String version) {
        if (function.find(version) == null) {
            throw new FunctionName(name.accountId(), name.region(), name.name(), version).notFound();
        }
    }

    private static RuntimeException invalid(String message) {
        return LambdaError.INVALID_PARAMETER_VALUE.saying(message);
    }
}
