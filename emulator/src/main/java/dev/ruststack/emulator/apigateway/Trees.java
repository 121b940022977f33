package dev.ruststack.emulator.apigateway;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.journal.KeptTable;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The resources of API Gateway, each with all that is beneath it as one tree. What is handed out is never changed: a
 * change is made in a copy. Safe for use by several threads.
 *
 * @param kind the part of the keys that tells them from other resources in the same table
 */
record Trees(KeptTable<JsonNode> table, String kind, String notFound) {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final SecureRandom RANDOM = new SecureRandom();

    /** An id such as AWS gives. */
    static String newId(int length) {
        var id = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            id.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }

    private String key(GatewayCall call, String id) {
        return kind + "/" + call.scope() + id;
    }

    private AwsException missing(GatewayCall call, String id) {
        return GatewayError.NOT_FOUND.saying(
                notFound.replace("{id}", call.call().accountId() + ":" + id));
    }

    /** The tree; {@code NotFoundException} where there is none. */
    ObjectNode require(GatewayCall call, String id) {
        if (table.get(key(call, id)) instanceof ObjectNode tree) {
            return tree;
        }
        throw missing(call, id);
    }

    /** Every tree of the caller's account and region. */
    List<ObjectNode> all(GatewayCall call) {
        return table.startingWith(kind + "/" + call.scope()).values().stream()
                .map(ObjectNode.class::cast)
                .toList();
    }

    /** The tree with this id, of whatever account and region; null where there is none. */
    @Nullable
    ObjectNode anywhere(String id) {
        return table.startingWith(kind + "/").entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("/" + id))
                .map(entry -> (ObjectNode) entry.getValue())
                .findFirst()
                .orElse(null);
    }

    void put(GatewayCall call, String id, ObjectNode tree) {
        table.put(key(call, id), tree);
    }

    /** Changes a tree, and returns what the change does. */
    <T> T change(GatewayCall call, String id, Function<ObjectNode, T> change) {
        var result = new Result<T>();
        table.change(key(call, id), before -> {
            if (before == null) {
                throw missing(call, id);
            }
            var copy = (ObjectNode) before.deepCopy();
            result.value = change.apply(copy);
            return copy;
        });
        return result.get();
    }

    private static final class Result<T> {
        private @Nullable T value;

        T get() {
            if (value == null) {
                throw new IllegalStateException("no result");
            }
            return value;
        }
    }

    void remove(GatewayCall call, String id) {
        require(call, id);
        table.remove(key(call, id));
    }

    /** The object under a name, made where there is none. */
    static ObjectNode child(ObjectNode parent, String name) {
        return parent.get(name) instanceof ObjectNode there ? there : parent.putObject(name);
    }

    /** The object under names; throws where one is not there. */
    static ObjectNode require(JsonNode parent, Supplier<AwsException> missing, String... names) {
        var node = parent;
        for (var name : names) {
            node = node.path(name);
        }
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw missing.get();
    }
}
