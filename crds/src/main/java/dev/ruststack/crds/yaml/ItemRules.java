package dev.ruststack.crds.yaml;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/** What DynamoDB asks of items: the table's key, of the right type and each only once, and index keys of the right type. */
final class ItemRules {
    private static final Map<String, String> WORDS = Map.of("S", "text", "N", "a number", "B", "binary");

    private final List<String> keys;
    private final Map<String, String> types;
    private final boolean typed;
    private final Map<List<Object>, String> seen = new HashMap<>();

    /** @param table as it is written, so that items are checked beside mistakes in it */
    ItemRules(MappingNode table, boolean typed) {
        this.typed = typed;
        this.keys = ObjectReader.peekAll(table, "keySchema").stream()
                .map(element -> ObjectReader.peekText(element, "attributeName"))
                .filter(Objects::nonNull)
                .toList();
        this.types = new LinkedHashMap<>();
        for (var definition : ObjectReader.peekAll(table, "attributeDefinitions")) {
            var name = ObjectReader.peekText(definition, "attributeName");
            var type = ObjectReader.peekText(definition, "attributeType");
            if (name != null && type != null && !type.isEmpty()) {
                types.put(name, type.substring(0, 1));
            }
        }
    }

    void check(Map<String, @Nullable Object> item, Place at) {
        for (var key : keys) {
            if (!item.containsKey(key)) {
                at.entry(key).problem("missing; it is part of the table's key");
            }
        }
        types.keySet().stream().filter(item::containsKey).forEach(key -> typeOf(item, key, at));
        if (!keys.isEmpty() && item.keySet().containsAll(keys)) {
            var key = keys.stream().map(name -> comparable(item.get(name))).toList();
            var first = seen.putIfAbsent(key, at.path());
            if (first != null) {
                at.problem("has the same key as " + first + ", which it would overwrite");
            }
        }
    }

    private void typeOf(Map<String, @Nullable Object> item, String key, Place at) {
        var wanted = types.get(key);
        var found = type(item.get(key));
        if (wanted == null || wanted.equals(found)) {
            if (isEmpty(item.get(key))) {
                at.entry(key).problem("DynamoDB refuses an empty key attribute");
            }
        } else if (wanted.equals("B") && !typed) {
            at.entry(key).problem("binary attributes need itemsFormat: DynamoDBJSON");
        } else {
            var advice = wanted.equals("S") && !typed && found.equals("N") ? "; quote it" : "";
            at.entry(key)
                    .problem("is " + WORDS.getOrDefault(found, found) + ", but attributeDefinitions says "
                            + WORDS.getOrDefault(wanted, wanted) + " (" + wanted + ")" + advice);
        }
    }

    private String type(@Nullable Object value) {
        if (typed && value instanceof Map<?, ?> tagged) {
            return Stream.concat(tagged.keySet().stream().map(Object::toString), Stream.of("nothing"))
                    .findFirst()
                    .orElseThrow();
        }
        return switch (value) {
            case null -> "null";
            case String ignored -> "S";
            case Number ignored -> "N";
            case Boolean ignored -> "a boolean";
            case List<?> ignored -> "a list";
            default -> "an object";
        };
    }

    private static boolean isEmpty(@Nullable Object value) {
        return "".equals(value)
                || Map.of("S", "").equals(value)
                || Map.of("B", "").equals(value);
    }

    /** Equal for what DynamoDB holds to be the same key: 1 and 1.0 are one number. */
    private static Object comparable(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Map<?, ?> tagged when tagged.get("N") instanceof String number -> comparable(new BigDecimal(number));
            case Number number -> new BigDecimal(number.toString()).stripTrailingZeros();
            default -> value;
        };
    }
}
