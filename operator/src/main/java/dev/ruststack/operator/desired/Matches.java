package dev.ruststack.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * Whether an object already is what it should be. A wrong "no" costs one apply that changes nothing; a wrong "yes" would
 * leave an object as someone else made it.
 */
public final class Matches {
    private Matches() {}

    /**
     * Whether everything that {@code desired} says is so in {@code actual}, which may say more: the server's defaults,
     * its status, what others manage. The hash annotation is part of it.
     */
    public static boolean subset(HasMetadata desired, HasMetadata actual) {
        return subset(Json.canonical(Json.tree(desired)), Json.tree(actual));
    }

    /** As {@link #subset(HasMetadata, HasMetadata)}; lists by {@code name} where their items have one. */
    public static boolean subset(JsonNode desired, JsonNode actual) {
        if (desired.isObject()) {
            return desired.properties().stream()
                    .allMatch(field -> subset(field.getValue(), actual.path(field.getKey())));
        }
        if (desired.isArray()) {
            return isNamed(desired) ? namedSubset(desired, actual) : listSubset(desired, actual);
        }
        return desired.isNumber() && actual.isNumber()
                ? desired.decimalValue().compareTo(actual.decimalValue()) == 0
                : desired.equals(actual);
    }

    private static boolean isNamed(JsonNode list) {
        return list.valueStream().allMatch(item -> item.path("name").isTextual());
    }

    private static boolean namedSubset(JsonNode desired, JsonNode actual) {
        return desired.valueStream()
                .allMatch(wanted -> actual.valueStream()
                        .filter(item -> item.path("name").equals(wanted.path("name")))
                        .anyMatch(item -> subset(wanted, item)));
    }

    private static boolean listSubset(JsonNode desired, JsonNode actual) {
        if (desired.size() != actual.size()) {
            return false;
        }
        for (int i = 0; i < desired.size(); i++) {
            if (!subset(desired.get(i), actual.path(i))) {
                return false;
            }
        }
        return true;
    }
}
