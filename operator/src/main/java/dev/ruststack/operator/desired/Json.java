package dev.ruststack.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.TreeSet;

/** Objects as JSON trees that can be compared. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static JsonNode tree(Object object) {
        return MAPPER.valueToTree(object);
    }

    /**
     * The same with keys in order and without what says nothing: null, empty text, empty lists and objects. An API
     * server drops most of those, so that they must not tell two objects apart.
     */
    static JsonNode canonical(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> canonical(object);
            case ArrayNode array -> {
                var result = JsonNodeFactory.instance.arrayNode(array.size());
                array.forEach(element -> result.add(canonical(element)));
                yield result;
            }
            default -> node;
        };
    }

    private static ObjectNode canonical(ObjectNode object) {
        var result = JsonNodeFactory.instance.objectNode();
        var names = new TreeSet<String>();
        object.fieldNames().forEachRemaining(names::add);
        for (var name : names) {
            var value = canonical(object.get(name));
            if (!isNothing(value)) {
                result.set(name, value);
            }
        }
        return result;
    }

    static boolean isNothing(JsonNode node) {
        return node.isNull()
                || node.isMissingNode()
                || (node.isContainerNode() && node.isEmpty())
                || (node.isTextual() && node.textValue().isEmpty());
    }
}
