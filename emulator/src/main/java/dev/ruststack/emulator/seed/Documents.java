package dev.ruststack.emulator.seed;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Compares documents that are declared with those that Lambda gives back. */
final class Documents {
    /** Members that a declaration gives whole: what it leaves out is not there. */
    private static final Set<String> WHOLE = Set.of(
            "Environment",
            "ImageConfig",
            "Cors",
            "DestinationConfig",
            "RoutingConfig",
            "FilterCriteria",
            "FunctionResponseTypes");

    private Documents() {}

    /** Whether a document says all that another declares; what this leaves out does not count. */
    static boolean holds(JsonNode found, JsonNode declared) {
        return declared.properties().stream().allMatch(member -> {
            var given = found.path(member.getKey());
            if (WHOLE.contains(member.getKey()) || !member.getValue().isObject()) {
                return same(given, member.getValue());
            }
            return holds(given, member.getValue());
        });
    }

    /** Whether two values are the same; what is empty is as if it were not there. */
    static boolean same(JsonNode one, JsonNode other) {
        if (isNothing(one) || isNothing(other)) {
            return isNothing(one) && isNothing(other);
        }
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue()) == 0;
        }
        if (one instanceof ArrayNode list && other instanceof ArrayNode others) {
            return sameLists(list, others);
        }
        if (one instanceof ObjectNode object && other instanceof ObjectNode second) {
            return within(object, second) && within(second, object);
        }
        return one.equals(other);
    }

    private static boolean within(ObjectNode one, ObjectNode other) {
        return one.properties().stream().allMatch(member -> same(member.getValue(), other.path(member.getKey())));
    }

    private static boolean sameLists(ArrayNode one, ArrayNode other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (!same(one.path(i), other.path(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNothing(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> object.properties().stream().allMatch(member -> isNothing(member.getValue()));
            case ArrayNode list -> list.isEmpty();
            default ->
                node.isMissingNode()
                        || node.isNull()
                        || (node.isString() && node.asString().isEmpty());
        };
    }
}
