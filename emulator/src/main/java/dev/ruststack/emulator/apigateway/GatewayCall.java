package dev.ruststack.emulator.apigateway;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.http.PercentEncoding;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One call of an operation.
 *
 * @param labels of the path, decoded
 * @param raw the body as it was sent
 * @param body the document; empty where there is none
 */
record GatewayCall(Call call, Map<String, String> labels, byte[] raw, ObjectNode body) {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Binds a call; {@code members} are what its document may have, none for one that is not looked at here. */
    static GatewayCall of(Call call, String template, byte[] body, Set<String> members) {
        var labels = labels(template, call.request().rawPath());
        var document = members.isEmpty() ? JSON.createObjectNode() : document(body);
        for (var member : document.propertyNames()) {
            if (!members.contains(member)) {
                throw GatewayError.NOT_IMPLEMENTED.saying(
                        call.operation() + " with " + member + " is not implemented yet.");
            }
        }
        document.removeNulls();
        return new GatewayCall(call, labels, body, document);
    }

    private static ObjectNode document(byte[] body) {
        if (body.length == 0) {
            return JSON.createObjectNode();
        }
        try {
            if (JSON.readTree(body) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw GatewayError.BAD_REQUEST.saying("Invalid request body: " + e.getOriginalMessage());
        }
        throw GatewayError.BAD_REQUEST.saying("Invalid request body");
    }

    private static Map<String, String> labels(String template, String rawPath) {
        var labels = new HashMap<String, String>();
        var names = template.split("/");
        var values = rawPath.split("/");
        for (int i = 0; i < names.length && i < values.length; i++) {
            if (names[i].startsWith("{")) {
                labels.put(names[i].substring(1, names[i].length() - 1), PercentEncoding.decode(values[i]));
            }
        }
        return labels;
    }

    /** A label of the path. */
    String label(String name) {
        var value = labels.get(name);
        if (value == null) {
            throw new IllegalStateException("no label " + name);
        }
        return value;
    }

    @Nullable
    String query(String name) {
        return call.request().query().first(name);
    }

    /** A member of the document that must be there. */
    String required(String member) {
        var value = text(member);
        if (value == null || value.isEmpty()) {
            throw GatewayError.BAD_REQUEST.saying(member + " is required");
        }
        return value;
    }

    /** A member of the document; null where it is not there. */
    @Nullable
    String text(String member) {
        var value = body.path(member);
        return value.isValueNode() ? value.asString() : null;
    }

    /** Where the call's resources are: in an account and region. */
    String scope() {
        return call.accountId() + "/" + call.region() + "/";
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** The objects of an object, in a list under a name. */
    static ObjectNode items(String name, Iterable<? extends JsonNode> items) {
        var list = object();
        items.forEach(list.putArray(name)::add);
        return list;
    }
}
