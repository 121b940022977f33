package dev.ruststack.emulator.apigateway;

import dev.ruststack.emulator.apigateway.Patch.Kind;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * REST APIs themselves. A tree has the API's document in {@code api}, and beneath {@code resources}, {@code deployments},
 * {@code stages} and the like what belongs to it, by id. AWS: API Gateway API Reference, RestApi.
 */
final class RestApis {
    static final Set<String> MEMBERS = Set.of(
            "name",
            "description",
            "version",
            "binaryMediaTypes",
            "minimumCompressionSize",
            "apiKeySource",
            "endpointConfiguration",
            "policy",
            "tags",
            "disableExecuteApiEndpoint");

    private static final Patch PATCH = new Patch(Map.ofEntries(
            Map.entry("name", Kind.TEXT),
            Map.entry("description", Kind.TEXT),
            Map.entry("version", Kind.TEXT),
            Map.entry("apiKeySource", Kind.TEXT),
            Map.entry("policy", Kind.TEXT),
            Map.entry("binaryMediaTypes", Kind.LIST),
            Map.entry("minimumCompressionSize", Kind.NUMBER),
            Map.entry("disableExecuteApiEndpoint", Kind.BOOLEAN)));

    private static final Patch ENDPOINTS = new Patch(Map.of("types", Kind.LIST, "ipAddressType", Kind.TEXT));

    private final Trees apis;
    private final Clock clock;

    RestApis(Trees apis, Clock clock) {
        this.apis = apis;
        this.clock = clock;
    }

    List<GatewayOperation> operations() {
        return List.of(
                GatewayOperation.of("CreateRestApi POST /restapis", 201, MEMBERS, this::create),
                GatewayOperation.of("DeleteRestApi DELETE /restapis/{restapi_id}", 202, this::delete),
                GatewayOperation.of("GetRestApi GET /restapis/{restapi_id}", 200, this::get),
                GatewayOperation.of("GetRestApis GET /restapis", 200, this::list),
                GatewayOperation.of("UpdateRestApi PATCH /restapis/{restapi_id}", 200, Patch.REQUEST, this::update));
    }

    private JsonNode create(GatewayCall call) {
        call.required("name");
        var tree = newTree(call, call.body(), clock);
        apis.put(call, tree.path("api").path("id").asString(), tree);
        return tree.path("api");
    }

    /** An API of this document, with nothing but its root. */
    static ObjectNode newTree(GatewayCall call, ObjectNode document, Clock clock) {
        var root = Trees.newId(10);
        var api = GatewayCall.object()
                .put("id", Trees.newId(10))
                .put("createdDate", clock.instant().getEpochSecond());
        api.setAll(document);
        if (!api.has("apiKeySource")) {
            api.put("apiKeySource", "HEADER");
        }
        if (!api.has("endpointConfiguration")) {
            Trees.child(api, "endpointConfiguration").putArray("types").add("EDGE");
        }
        var endpoints = Trees.child(api, "endpointConfiguration");
        if (!endpoints.has("ipAddressType")) {
            endpoints.put("ipAddressType", "ipv4");
        }
        if (!api.has("disableExecuteApiEndpoint")) {
            api.put("disableExecuteApiEndpoint", false);
        }
        api.put("rootResourceId", root);
        var tree = GatewayCall.object().put("accountId", call.call().accountId());
        tree.set("api", api);
        Trees.child(tree, "resources").set(root, Resources.document(root, null, "", "/"));
        return tree;
    }

    private JsonNode get(GatewayCall call) {
        return apis.require(call, call.label("restapi_id")).path("api");
    }

    private JsonNode list(GatewayCall call) {
        var all = apis.all(call).stream()
                .map(tree -> tree.path("api"))
                .sorted(Comparator.comparing(api -> api.path("id").asString("")))
                .toList();
        return Pages.of(call, all, api -> api.path("id").asString(""));
    }

    private JsonNode update(GatewayCall call) {
        return apis.change(call, call.label("restapi_id"), tree -> {
            var api = Trees.child(tree, "api");
            for (var operation : call.body().path("patchOperations")) {
                change(api, (ObjectNode) operation);
            }
            return api;
        });
    }

    private static void change(ObjectNode api, ObjectNode operation) {
        var request = GatewayCall.object();
        var path = operation.path("path").asString("");
        var within = "/endpointConfiguration/";
        if (path.startsWith(within)) {
            request.putArray("patchOperations")
                    .add(operation.deepCopy().put("path", "/" + path.substring(within.length())));
            ENDPOINTS.apply(Trees.child(api, "endpointConfiguration"), request);
        } else {
            request.putArray("patchOperations").add(operation);
            PATCH.apply(api, request);
        }
    }

    private JsonNode delete(GatewayCall call) {
        apis.remove(call, call.label("restapi_id"));
        return GatewayCall.object();
    }
}
