package dev.ruststack.emulator.httpfront;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Members of events. */
final class Json {
    private Json() {}

    static void string(JsonGenerator json, String name, @Nullable String value) {
        if (value == null) {
            json.writeNullProperty(name);
        } else {
            json.writeStringProperty(name, value);
        }
    }

    /** A map; what is empty is null. */
    static void mapOrNull(JsonGenerator json, String name, Map<String, String> values) {
        if (values.isEmpty()) {
            json.writeNullProperty(name);
        } else {
            map(json, name, values);
        }
    }

    /** A map; what is empty is left out. */
    static void mapIfAny(JsonGenerator json, String name, Map<String, String> values) {
        if (!values.isEmpty()) {
            map(json, name, values);
        }
    }

    private static void map(JsonGenerator json, String name, Map<String, String> values) {
        json.writeObjectPropertyStart(name);
        values.forEach(json::writeStringProperty);
        json.writeEndObject();
    }

    /** A map of lists; what is empty is null. */
    static void listsOrNull(JsonGenerator json, String name, Map<String, List<String>> values) {
        if (values.isEmpty()) {
            json.writeNullProperty(name);
            return;
        }
        json.writeObjectPropertyStart(name);
        values.forEach((key, list) -> list(json, key, list));
        json.writeEndObject();
    }

    static void list(JsonGenerator json, String name, List<String> values) {
        json.writeArrayPropertyStart(name);
        values.forEach(json::writeString);
        json.writeEndArray();
    }

    /** Each name with its values joined by commas. */
    static Map<String, String> joined(Map<String, List<String>> values) {
        return values.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> String.join(",", entry.getValue()),
                        (first, second) -> first + "," + second,
                        java.util.LinkedHashMap::new));
    }
}
