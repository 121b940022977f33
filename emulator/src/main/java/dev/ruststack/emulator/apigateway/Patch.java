package dev.ruststack.emulator.apigateway;

import dev.ruststack.emulator.aws.AwsException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes of a document by a list of {@code {op, path, value}}. AWS: API Gateway API Reference, PatchOperation.
 *
 * @param members what may be changed, and what it is
 */
record Patch(Map<String, Kind> members) {
    /** What a member is; the values of operations are always text. */
    enum Kind {
        TEXT,
        BOOLEAN,
        NUMBER,
        /** An object of texts. */
        TEXTS,
        /** An object of booleans. */
        BOOLEANS,
        /** An object of objects: the last step is a member of one. */
        NESTED,
        /** A list of texts: the path goes on with the item, or the value is it. */
        LIST
    }

    /** The members that a patch request may have. */
    static final Set<String> REQUEST = Set.of("patchOperations");

    /** Applies the operations of a request. */
    void apply(ObjectNode document, ObjectNode request) {
        for (var operation : request.path("patchOperations")) {
            apply(document, operation.path("op").asString("").toLowerCase(java.util.Locale.ROOT), operation);
        }
    }

    private void apply(ObjectNode document, String op, JsonNode operation) {
        var path = operation.path("path").asString("");
        var steps = steps(path);
        var kind = steps.isEmpty() ? null : members.get(steps.getFirst());
        if (kind == null) {
            throw invalid(path);
        }
        if (!List.of("add", "replace", "remove").contains(op)) {
            throw GatewayError.BAD_REQUEST.saying(
                    "Invalid patch operation specified. Must be one of: [add, remove, replace]");
        }
        var value = operation.path("value").asString("");
        switch (kind) {
            case TEXT, BOOLEAN, NUMBER -> single(document, steps, op, typed(kind, value, path));
            case TEXTS -> entry(document, steps, op, typed(Kind.TEXT, value, path));
            case BOOLEANS -> entry(document, steps, op, typed(Kind.BOOLEAN, value, path));
            case NESTED -> nested(document, steps, op, value);
            case LIST -> list(document, steps, op, value);
        }
    }

    static AwsException invalid(String path) {
        return GatewayError.BAD_REQUEST.saying("Invalid patch path '" + path + "' specified");
    }

    /** The parts of a path, in which {@code ~1} stands for a slash and {@code ~0} for a tilde. */
    static List<String> steps(String path) {
        if (!path.startsWith("/")) {
            return List.of();
        }
        return Arrays.stream(path.substring(1).split("/", -1))
                .map(step -> step.replace("~1", "/").replace("~0", "~"))
                .toList();
    }

    private static JsonNode typed(Kind kind, String value, String path) {
        var object = GatewayCall.object();
        try {
            switch (kind) {
                case BOOLEAN -> object.put("v", Boolean.parseBoolean(value));
                case NUMBER -> {
                    if (value.isEmpty()) {
                        object.putNull("v");
                    } else {
                        object.put("v", Long.parseLong(value));
                    }
                }
                case TEXT, TEXTS, BOOLEANS, NESTED, LIST -> object.put("v", value);
            }
        } catch (NumberFormatException e) {
            throw GatewayError.BAD_REQUEST.saying("Invalid value for " + path + ": " + value);
        }
        return object.path("v");
    }

    private static void single(ObjectNode document, List<String> steps, String op, JsonNode value) {
        if (steps.size() != 1) {
            throw invalid("/" + String.join("/", steps));
        }
        set(document, steps.getFirst(), op, value);
    }

    private static void entry(ObjectNode document, List<String> steps, String op, JsonNode value) {
        if (steps.size() == 1 && op.equals("remove")) {
            document.remove(steps.getFirst());
            return;
        }
        if (steps.size() != 2) {
            throw invalid("/" + String.join("/", steps));
        }
        set(Trees.child(document, steps.getFirst()), steps.get(1), op, value);
    }

    private static void nested(ObjectNode document, List<String> steps, String op, String value) {
        if (steps.size() == 1 && op.equals("remove")) {
            document.remove(steps.getFirst());
            return;
        }
        var at = document;
        for (var step : steps.subList(0, steps.size() - 1)) {
            at = Trees.child(at, step);
        }
        set(
                at,
                steps.getLast(),
                op,
                typed(
                        value.matches("true|false") ? Kind.BOOLEAN : value.matches("\\d+") ? Kind.NUMBER : Kind.TEXT,
                        value,
                        ""));
    }

    private static void set(ObjectNode object, String name, String op, JsonNode value) {
        if (op.equals("remove") || value.isNull()) {
            object.remove(name);
        } else {
            object.set(name, value);
        }
    }

    private static void list(ObjectNode document, List<String> steps, String op, String value) {
        var name = steps.getFirst();
        var items = document.get(name) instanceof ArrayNode there ? there : document.putArray(name);
        var item = steps.size() > 1 ? String.join("/", steps.subList(1, steps.size())) : value;
        if (op.equals("replace") && steps.size() > 1 && !value.isEmpty()) {
            replace(items, item, value);
            return;
        }
        if (op.equals("replace")) {
            items.removeAll();
            Arrays.stream(item.split(",")).filter(each -> !each.isEmpty()).forEach(items::add);
            return;
        }
        remove(items, item);
        if (op.equals("add")) {
            items.add(item);
        } else if (items.isEmpty()) {
            document.remove(name);
        }
    }

    private static void replace(ArrayNode items, String old, String value) {
        remove(items, old);
        if (items.valueStream().noneMatch(each -> each.asString("").equals(value))) {
            items.add(value);
        }
    }

    private static void remove(ArrayNode items, String item) {
        for (int i = items.size() - 1; i >= 0; i--) {
            if (items.get(i).asString("").equals(item)) {
                items.remove(i);
            }
        }
    }
}
