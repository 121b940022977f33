package dev.ruststack.emulator.apigateway;

import dev.ruststack.emulator.apigateway.Patch.Kind;
import dev.ruststack.emulator.aws.AwsException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The resources of REST APIs: a tree of path parts. AWS: API Gateway API Reference, Resource. */
final class Resources {
    private static final Pattern PART = Pattern.compile("[a-zA-Z0-9._:-]+|\\{[a-zA-Z0-9._:-]+\\+?}");
    private static final Patch PATCH = new Patch(Map.of("pathPart", Kind.TEXT, "parentId", Kind.TEXT));

    private final Trees apis;

    Resources(Trees apis) {
        this.apis = apis;
    }

    List<GatewayOperation> operations() {
        return List.of(
                GatewayOperation.of(
                        "CreateResource POST /restapis/{restapi_id}/resources/{parent_id}",
                        201,
                        Set.of("pathPart"),
                        this::create),
                GatewayOperation.of(
                        "DeleteResource DELETE /restapis/{restapi_id}/resources/{resource_id}", 202, this::delete),
                GatewayOperation.of("GetResource GET /restapis/{restapi_id}/resources/{resource_id}", 200, this::get),
                GatewayOperation.of("GetResources GET /restapis/{restapi_id}/resources", 200, this::list),
                GatewayOperation.of(
                        "UpdateResource PATCH /restapis/{restapi_id}/resources/{resource_id}",
                        200,
                        Patch.REQUEST,
                        this::update));
    }

    static ObjectNode document(String id, @Nullable String parentId, String pathPart, String path) {
        var resource = GatewayCall.object().put("id", id);
        if (parentId != null) {
            resource.put("parentId", parentId).put("pathPart", pathPart);
        }
        return resource.put("path", path);
    }

    static AwsException missing() {
        return GatewayError.NOT_FOUND.saying("Invalid Resource identifier specified");
    }

    static ObjectNode require(JsonNode tree, String id) {
        return Trees.require(tree, Resources::missing, "resources", id);
    }

    private JsonNode create(GatewayCall call) {
        var part = call.required("pathPart");
        return apis.change(call, call.label("restapi_id"), tree -> add(tree, call.label("parent_id"), part));
    }

    /** Adds a resource below another. */
    static ObjectNode add(ObjectNode tree, String parentId, String part) {
        var parent = require(tree, parentId);
        if (!PART.matcher(part).matches()) {
            throw GatewayError.BAD_REQUEST.saying(
                    "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.");
        }
        var above = parent.path("path").asString("/");
        if (above.endsWith("+}")) {
            throw GatewayError.BAD_REQUEST.saying(
                    "Cannot create a child of a resource with a greedy path variable: " + above);
        }
        for (var sibling : tree.path("resources")) {
            if (sibling.path("parentId").asString("").equals(parentId)) {
                requireOther(sibling, part);
            }
        }
        var resource = document(Trees.newId(6), parentId, part, (above.equals("/") ? "" : above) + "/" + part);
        Trees.child(tree, "resources").set(resource.path("id").asString(), resource);
        return resource;
    }

    private static void requireOther(JsonNode sibling, String part) {
        var other = sibling.path("pathPart").asString("");
        if (other.equals(part)) {
            throw GatewayError.CONFLICT.saying("Another resource with the same parent already has this name: " + part);
        }
        if (other.startsWith("{") && part.startsWith("{") && other.endsWith("+}") == part.endsWith("+}")) {
            throw GatewayError.BAD_REQUEST.saying("A sibling (" + other
                    + ") of this resource already has a variable path part -- only one is allowed");
        }
    }

    private JsonNode get(GatewayCall call) {
        return shown(call, require(apis.require(call, call.label("restapi_id")), call.label("resource_id")));
    }

    private JsonNode list(GatewayCall call) {
        var all = apis.require(call, call.label("restapi_id"))
                .path("resources")
                .valueStream()
                .map(ObjectNode.class::cast)
                .map(resource -> shown(call, resource))
                .sorted(Comparator.comparing(resource -> resource.path("path").asString("")))
                .toList();
        return Pages.of(call, all, resource -> resource.path("path").asString(""));
    }

    /** Without {@code embed=methods} methods are only named. */
    private static ObjectNode shown(GatewayCall call, ObjectNode resource) {
        if (call.call().request().query().all("embed").contains("methods") || !resource.has("resourceMethods")) {
            return resource;
        }
        var shown = resource.deepCopy();
        var methods = shown.putObject("resourceMethods");
        resource.path("resourceMethods").propertyNames().forEach(methods::putObject);
        return shown;
    }

    private JsonNode update(GatewayCall call) {
        return apis.change(call, call.label("restapi_id"), tree -> {
            var resource = require(tree, call.label("resource_id"));
            PATCH.apply(resource, call.body());
            paths(tree, resource);
            return resource;
        });
    }

    /** The path of a resource that was moved or named anew, and of those below it. */
    private static void paths(ObjectNode tree, ObjectNode resource) {
        var above = require(tree, resource.path("parentId").asString(""))
                .path("path")
                .asString("/");
        resource.put(
                "path",
                (above.equals("/") ? "" : above) + "/"
                        + resource.path("pathPart").asString(""));
        var id = resource.path("id").asString("");
        for (var each : tree.path("resources")) {
            if (each.path("parentId").asString("").equals(id)) {
                paths(tree, (ObjectNode) each);
            }
        }
    }

    private JsonNode delete(GatewayCall call) {
        return apis.change(call, call.label("restapi_id"), tree -> {
            var id = call.label("resource_id");
            if (!require(tree, id).has("parentId")) {
                throw GatewayError.BAD_REQUEST.saying(
                        "Invalid Resource identifier specified: the root cannot be deleted");
            }
            remove(Trees.child(tree, "resources"), id);
            return GatewayCall.object();
        });
    }

    private static void remove(ObjectNode resources, String id) {
        resources.remove(id);
        var below = resources
                .valueStream()
                .filter(each -> each.path("parentId").asString("").equals(id))
                .map(each -> each.path("id").asString(""))
                .toList();
        below.forEach(each -> remove(resources, each));
    }
}
