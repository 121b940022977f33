package dev.ruststack.emulator.s3.policy;

import dev.ruststack.emulator.s3.policy.ConditionOperator.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the conditions of statements. */
final class ConditionParser {
    private static final String IF_EXISTS = "IfExists";

    private ConditionParser() {}

    static List<Condition> conditions(@Nullable JsonNode node) {
        var conditions = new ArrayList<Condition>();
        if (node == null) {
            return conditions;
        }
        if (!node.isObject()) {
            throw PolicyParser.malformed("Could not parse the policy: Condition is not an object");
        }
        for (var name : node.propertyNames()) {
            var keys = node.get(name);
            if (!keys.isObject()) {
                throw PolicyParser.malformed("Could not parse the policy: Condition is not an object");
            }
            for (var key : keys.propertyNames()) {
                conditions.add(condition(name, key, keys.get(key)));
            }
        }
        return conditions;
    }

    private static Condition condition(String name, String key, JsonNode value) {
        var plain = name.substring(name.indexOf(':') + 1);
        boolean forAll = name.startsWith("ForAllValues:");
        boolean quantified = forAll || name.startsWith("ForAnyValue:");
        boolean ifExists = plain.endsWith(IF_EXISTS);
        var operator =
                ConditionOperator.named(ifExists ? plain.substring(0, plain.length() - IF_EXISTS.length()) : plain);
        if (operator == null || name.contains(":") != quantified) {
            throw PolicyParser.malformed("Invalid Condition type : " + name);
        }
        var lower = key.toLowerCase(Locale.ROOT);
        if (!lower.startsWith("aws:") && !lower.startsWith("s3:")) {
            throw PolicyParser.malformed("Policy has an invalid condition key");
        }
        var texts = PolicyParser.texts(value);
        if (texts == null) {
            throw PolicyParser.malformed("Could not parse the policy: Condition value is not valid");
        }
        if (operator.kind() == Kind.IN_NETWORK && !texts.stream().allMatch(Network::isValid)) {
            throw PolicyParser.malformed("Invalid IP Address in policy");
        }
        return new Condition(operator, ifExists || forAll, forAll, lower, texts);
    }
}
