package dev.ruststack.emulator.lambda.eventsource;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A filter of events: an object matches where each of its members does, a list where one of its alternatives does. AWS:
 * Lambda Developer Guide, Control which events Lambda sends to your function, Filter rule syntax.
 */
public final class EventPattern {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> COMPARISONS =
            Set.of("prefix", "suffix", "anything-but", "numeric", "exists", "equals-ignore-case");
    private static final Set<String> OPERATORS = Set.of("=", "<", "<=", ">", ">=");
    private static final String OR = "$or";

    private final JsonNode pattern;

    private EventPattern(JsonNode pattern) {
        this.pattern = pattern;
    }

    /** Reads a pattern; {@link IllegalArgumentException} says what is wrong with it. */
    public static EventPattern parse(String json) {
        JsonNode pattern;
        try {
            pattern = JSON.readTree(json);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("it is no JSON");
        }
        check(pattern, "");
        return new EventPattern(pattern);
    }

    private static void check(JsonNode pattern, String path) {
        if (!pattern.isObject()) {
            throw new IllegalArgumentException((path.isEmpty() ? "the pattern" : path) + " has to be an object");
        }
        pattern.properties().forEach(member -> {
            var here = path + "/" + member.getKey();
            var value = member.getValue();
            if (member.getKey().equals(OR) && value.isArray()) {
                value.forEach(each -> check(each, here));
            } else if (value.isArray()) {
                value.forEach(each -> checkAlternative(each, here));
            } else {
                check(value, here);
            }
        });
    }

    private static void checkAlternative(JsonNode alternative, String path) {
        if (!alternative.isObject()) {
            return;
        }
        var name =
                alternative.size() == 1 ? alternative.propertyNames().iterator().next() : "";
        var operand = alternative.path(name);
        boolean isSound = switch (name) {
            case "exists" -> operand.isBoolean();
            case "prefix", "suffix", "equals-ignore-case" -> operand.isString();
            case "numeric" -> isRange(operand);
            case "anything-but" -> {
                (operand.isArray() ? operand.valueStream() : Stream.of(operand))
                        .forEach(each -> checkAlternative(each, path));
                yield true;
            }
            default -> throw new IllegalArgumentException(path + " has a comparison that is not one of " + COMPARISONS);
        };
        if (!isSound) {
            throw new IllegalArgumentException(path + " has a value that " + name + " cannot compare with");
        }
    }

    /** Pairs of an operator and a number. */
    private static boolean isRange(JsonNode operand) {
        boolean isSound = operand.isArray() && !operand.isEmpty() && operand.size() % 2 == 0;
        for (int i = 0; isSound && i < operand.size(); i += 2) {
            isSound = OPERATORS.contains(operand.path(i).asString(""))
                    && operand.path(i + 1).isNumber();
        }
        return isSound;
    }

    /** Whether an event matches. */
    public boolean matches(JsonNode event) {
        return matches(pattern, event);
    }

    private static boolean matches(JsonNode pattern, JsonNode event) {
        return pattern.properties().stream().allMatch(member -> {
            var wanted = member.getValue();
            if (member.getKey().equals(OR) && wanted.isArray()) {
                return wanted.valueStream().anyMatch(each -> matches(each, event));
            }
            var value = event.path(member.getKey());
            return wanted.isArray()
                    ? wanted.valueStream().anyMatch(alternative -> anyOf(alternative, value))
                    : matches(wanted, value);
        });
    }

    /** A list in an event matches where one of its members does. */
    private static boolean anyOf(JsonNode alternative, JsonNode value) {
        return value.isArray() && !alternative.path("exists").isBoolean()
                ? value.valueStream().anyMatch(each -> one(alternative, each))
                : one(alternative, value);
    }

    private static boolean one(JsonNode alternative, JsonNode value) {
        if (!alternative.isObject()) {
            return equal(alternative, value);
        }
        var comparison = alternative.properties().iterator().next();
        var operand = comparison.getValue();
        return switch (comparison.getKey()) {
            case "exists" -> value.isMissingNode() != operand.asBoolean();
            case "prefix" -> value.isString() && value.asString().startsWith(operand.asString());
            case "suffix" -> value.isString() && value.asString().endsWith(operand.asString());
            case "equals-ignore-case" ->
                value.isString()
                        && value.asString()
                                .toLowerCase(Locale.ROOT)
                                .equals(operand.asString().toLowerCase(Locale.ROOT));
            case "anything-but" -> !value.isMissingNode() && !isExcluded(operand, value);
            default -> value.isNumber() && isInRange(operand, value.decimalValue());
        };
    }

    private static boolean isExcluded(JsonNode operand, JsonNode value) {
        return operand.isArray() ? operand.valueStream().anyMatch(each -> one(each, value)) : one(operand, value);
    }

    private static boolean isInRange(JsonNode operand, BigDecimal value) {
        for (int i = 0; i + 1 < operand.size(); i += 2) {
            int order = value.compareTo(operand.path(i + 1).decimalValue());
            boolean holds = switch (operand.path(i).asString()) {
                case "=" -> order == 0;
                case "<" -> order < 0;
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                case ">=" -> order >= 0;
                default -> false;
            };
            if (!holds) {
                return false;
            }
        }
        return true;
    }

    private static boolean equal(JsonNode wanted, JsonNode value) {
        return wanted.isNumber() && value.isNumber()
                ? wanted.decimalValue().compareTo(value.decimalValue()) == 0
                : wanted.equals(value);
    }
}
