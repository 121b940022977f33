package dev.ruststack.emulator.apigateway;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * HTTP APIs from OpenAPI 3, with AWS's extensions. AWS: API Gateway Developer Guide, Working with OpenAPI definitions for
 * HTTP APIs.
 */
final class HttpImports {
    private static final String INTEGRATION = "x-amazon-apigateway-integration";
    private static final String ANY = "x-amazon-apigateway-any-method";
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "options", "head", "patch", ANY);

    private final Trees apis;
    private final Clock clock;

    HttpImports(Trees apis, Clock clock) {
        this.apis = apis;
        this.clock = clock;
    }

    List<GatewayOperation> operations() {
        return List.of(
                GatewayOperation.of("ImportApi PUT /v2/apis", 201, Set.of("body"), this::create),
                GatewayOperation.of("ReimportApi PUT /v2/apis/{apiId}", 201, Set.of("body"), this::replace));
    }

    private static ObjectNode document(GatewayCall call) {
        return Imports.document(call.required("body").getBytes(StandardCharsets.UTF_8));
    }

    private JsonNode create(GatewayCall call) {
        var document = document(call);
        var tree = HttpApis.newTree(call, GatewayCall.object(), clock);
        read(document, tree);
        apis.put(call, tree.path("api").path("apiId").asString(), tree);
        return HttpApis.shown(tree, call);
    }

    private JsonNode replace(GatewayCall call) {
        var document = document(call);
        return apis.change(call, call.label("apiId"), tree -> {
            tree.remove(List.of("routes", "integrations"));
            read(document, tree);
            return HttpApis.shown(tree, call);
        });
    }

    private void read(ObjectNode document, ObjectNode tree) {
        var api = Trees.child(tree, "api");
        api.put("name", document.path("info").path("title").asString("Untitled"));
        for (var member : List.of("description", "version")) {
            if (document.path("info").has(member)) {
                api.put(member, document.path("info").path(member).asString(""));
            }
        }
        if (document.has("x-amazon-apigateway-cors")) {
            api.set("corsConfiguration", document.path("x-amazon-apigateway-cors"));
        }
        for (var path : document.path("paths").properties()) {
            for (var method : path.getValue().properties()) {
                if (METHODS.contains(method.getKey().toLowerCase(Locale.ROOT))) {
                    route(tree, path.getKey(), method.getKey().toLowerCase(Locale.ROOT), method.getValue());
                }
            }
        }
    }

    private void route(ObjectNode tree, String path, String method, JsonNode operation) {
        var verb = method.equals(ANY) ? "ANY" : method.toUpperCase(Locale.ROOT);
        var route = GatewayCall.object().put("routeKey", path.equals("/$default") ? "$default" : verb + " " + path);
        var extension = operation.path(INTEGRATION);
        if (extension.isObject()) {
            var integration = GatewayCall.object()
                    .put("integrationType", extension.path("type").asString("").toUpperCase(Locale.ROOT))
                    .put("integrationUri", extension.path("uri").asString(""))
                    .put("integrationMethod", extension.path("httpMethod").asString("POST"))
                    .put(
                            "payloadFormatVersion",
                            extension.path("payloadFormatVersion").asString("1.0"));
            if (extension.has("timeoutInMillis")) {
                integration.set("timeoutInMillis", extension.path("timeoutInMillis"));
            }
            var added = HttpParts.INTEGRATIONS.add(tree, integration, clock);
            route.put("target", "integrations/" + added.path("integrationId").asString(""));
        }
        HttpParts.ROUTES.add(tree, route, clock);
    }
}
