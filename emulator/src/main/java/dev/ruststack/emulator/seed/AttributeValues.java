package dev.ruststack.emulator.seed;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns the items of a declaration into DynamoDB's attribute values. AWS: DynamoDB API Reference, AttributeValue.
 */
final class AttributeValues {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Set<String> TAGS = Set.of("S", "N", "B", "SS", "NS", "BS", "M", "L", "NULL", "BOOL");

    /** A bare {@code N} that a YAML 1.1 reader took for a boolean. */
    private static final String N_AS_BOOLEAN = "false";

    private AttributeValues() {}

    /** An item of plain values: text is S, numbers are N, lists L, maps M; sets and binary cannot be said. */
    static ObjectNode plainItem(Map<?, ?> item) {
        var node = NODES.objectNode();
        item.forEach((name, value) -> node.set(String.valueOf(name), plain(value)));
        return node;
    }

    /** An item whose values carry type tags: {@code {pk: {S: "1"}}}. */
    static ObjectNode taggedItem(Map<?, ?> item) throws SeedException {
        var node = NODES.objectNode();
        for (var entry : item.entrySet()) {
            node.set(String.valueOf(entry.getKey()), tagged(String.valueOf(entry.getKey()), entry.getValue()));
        }
        return node;
    }

    private static ObjectNode plain(@Nullable Object value) {
        return switch (value) {
            case null -> NODES.objectNode().put("NULL", true);
            case Boolean bool -> NODES.objectNode().put("BOOL", bool);
            case Number number -> NODES.objectNode().put("N", number(number));
            case byte[] bytes -> NODES.objectNode().put("B", Base64.getEncoder().encodeToString(bytes));
            case List<?> list -> {
                var node = NODES.objectNode();
                var values = node.putArray("L");
                list.forEach(each -> values.add(plain(each)));
                yield node;
            }
            case Map<?, ?> map -> {
                var node = NODES.objectNode();
                node.set("M", plainItem(map));
                yield node;
            }
            default -> NODES.objectNode().put("S", value.toString());
        };
    }

    private static String number(Number number) {
        return switch (number) {
            case BigDecimal decimal -> decimal.toString();
            case BigInteger integer -> integer.toString();
            default -> number.toString();
        };
    }

    private static JsonNode tagged(String name, @Nullable Object value) throws SeedException {
        if (!(value instanceof Map<?, ?> map) || map.size() != 1) {
            throw new SeedException("attribute " + name + ": expected one type tag, as in {S: text}");
        }
        var entry = map.entrySet().iterator().next();
        var tag = String.valueOf(entry.getKey()).equals(N_AS_BOOLEAN) ? "N" : String.valueOf(entry.getKey());
        if (!TAGS.contains(tag)) {
            throw new SeedException("attribute " + name + ": unknown type tag " + tag);
        }
        var node = NODES.objectNode();
        node.set(tag, content(name, tag, entry.getValue()));
        return node;
    }

    private static JsonNode content(String name, String tag, @Nullable Object value) throws SeedException {
        return switch (tag) {
            case "M" -> taggedItem(expect(Map.class, name, tag, value));
            case "L" -> {
                var array = NODES.arrayNode();
                for (Object each : expect(List.class, name, tag, value)) {
                    array.add(tagged(name, each));
                }
                yield array;
            }
            case "SS", "NS", "BS" -> {
                var array = NODES.arrayNode();
                for (Object each : expect(List.class, name, tag, value)) {
                    array.add(String.valueOf(each));
                }
                yield array;
            }
            case "BOOL", "NULL" -> NODES.booleanNode(expect(Boolean.class, name, tag, value));
            default -> NODES.stringNode(String.valueOf(value));
        };
    }

    private static <T> T expect(Class<T> type, String name, String tag, @Nullable Object value) throws SeedException {
        if (!type.isInstance(value)) {
            throw new SeedException("attribute " + name + ": " + tag + " cannot be " + value);
        }
        return type.cast(value);
    }
}
