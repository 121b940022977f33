package dev.ruststack.emulator.apigateway;

import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** HTTP APIs themselves; WebSocket APIs are refused. AWS: API Gateway V2 API Reference, Api. */
final class HttpApis {
    private static final Set<String> MEMBERS = Set.of(
            "name",
            "protocolType",
            "corsConfiguration",
            "credentialsArn",
            "description",
            "disableExecuteApiEndpoint",
            "ipAddressType",
            "routeKey",
            "routeSelectionExpression",
            "tags",
            "target",
            "version",
            "apiKeySelectionExpression");

    private static final Set<String> CHANGEABLE = Set.of(
            "name",
            "corsConfiguration",
            "description",
            "disableExecuteApiEndpoint",
            "ipAddressType",
            "routeSelectionExpression",
            "version",
            "apiKeySelectionExpression");

    private final Trees apis;
    private final Clock clock;

    HttpApis(Trees apis, Clock clock) {
        this.apis = apis;
        this.clock = clock;
    }

    List<GatewayOperation> operations() {
        return List.of(
                GatewayOperation.of("CreateApi POST /v2/apis", 201, MEMBERS, this::create),
                GatewayOperation.of("DeleteApi DELETE /v2/apis/{apiId}", 204, this::delete),
                GatewayOperation.of("DeleteCorsConfiguration DELETE /v2/apis/{apiId}/cors", 204, this::deleteCors),
                GatewayOperation.of("GetApi GET /v2/apis/{apiId}", 200, this::get),
                GatewayOperation.of("GetApis GET /v2/apis", 200, this::list),
                GatewayOperation.of("UpdateApi PATCH /v2/apis/{apiId}", 200, CHANGEABLE, this::update),
                GatewayOperation.of("GetTags GET /v2/tags/{resource-arn}", 200, this::tags),
                GatewayOperation.of("TagResource POST /v2/tags/{resource-arn}", 201, Set.of("tags"), this::tag),
                GatewayOperation.of("UntagResource DELETE /v2/tags/{resource-arn}", 204, this::untag));
    }

    private JsonNode create(GatewayCall call) {
        call.required("name");
        if (!call.required("protocolType").equals("HTTP")) {
            throw GatewayError.NOT_IMPLEMENTED.saying("CreateApi with protocolType WEBSOCKET is not implemented yet.");
        }
        var tree = newTree(call, call.body(), clock);
        var target = call.text("target");
        if (target != null) {
            quick(tree, target, call.text("routeKey"));
        }
        apis.put(call, tree.path("api").path("apiId").asString(), tree);
        return shown(tree, call);
    }

    static ObjectNode newTree(GatewayCall call, ObjectNode document, Clock clock) {
        var tree = GatewayCall.object().put("accountId", call.call().accountId());
        var api = tree.putObject("api")
                .put("apiId", Trees.newId(10))
                .put("apiKeySelectionExpression", "$request.header.x-api-key")
                .put("createdDate", HttpParts.now(clock))
                .put("disableExecuteApiEndpoint", false)
                .put("ipAddressType", "ipv4")
                .put("protocolType", "HTTP")
                .put("routeSelectionExpression", "$request.method $request.path");
        api.setAll(document);
        api.remove(List.of("target", "routeKey", "credentialsArn"));
        return tree;
    }

    /** An integration, a route to it, and a stage that has every change. */
    private void quick(ObjectNode tree, String target, @Nullable String routeKey) {
        var function = RestTargets.functionArn(target) != null;
        var integration = GatewayCall.object()
                .put("integrationType", function ? "AWS_PROXY" : "HTTP_PROXY")
                .put("integrationUri", target)
                .put("payloadFormatVersion", function ? "2.0" : "1.0")
                .put("apiGatewayManaged", true);
        if (!function) {
            integration.put("integrationMethod", "ANY");
        }
        var added = HttpParts.INTEGRATIONS.add(tree, integration, clock);
        var route = GatewayCall.object()
                .put("routeKey", routeKey == null ? "$default" : routeKey)
                .put("target", "integrations/" + added.path("integrationId").asString(""))
                .put("apiGatewayManaged", true);
        HttpParts.ROUTES.add(tree, route, clock);
        HttpParts.STAGES.add(
                tree,
                GatewayCall.object()
                        .put("stageName", "$default")
                        .put("autoDeploy", true)
                        .put("apiGatewayManaged", true),
                clock);
    }

    /** With the address that the client would find it at. */
    static ObjectNode shown(ObjectNode tree, GatewayCall call) {
        var api = (ObjectNode) tree.path("api").deepCopy();
        var host = call.call().request().host();
        int colon = host.lastIndexOf(':') > host.lastIndexOf(']') ? host.lastIndexOf(':') : host.length();
        var name = host.substring(0, colon);
        var base = name.isEmpty() || name.matches("\\[.*]|[0-9.]+") ? "localhost" : name;
        return api.put(
                "apiEndpoint",
                (call.call().request().secure() ? "https://" : "http://")
                        + api.path("apiId").asString("") + ".execute-api."
                        + call.call().region() + "." + base + host.substring(colon));
    }

    private JsonNode get(GatewayCall call) {
        return shown(apis.require(call, call.label("apiId")), call);
    }

    private JsonNode list(GatewayCall call) {
        var all = apis.all(call).stream()
                .map(tree -> shown(tree, call))
                .sorted(Comparator.comparing(api -> api.path("apiId").asString("")))
                .toList();
        return Pages.ofHttpApi(call, all, "apiId");
    }

    private JsonNode update(GatewayCall call) {
        return apis.change(call, call.label("apiId"), tree -> {
            Trees.child(tree, "api").setAll(call.body());
            return shown(tree, call);
        });
    }

    private @Nullable JsonNode delete(GatewayCall call) {
        apis.remove(call, call.label("apiId"));
        return null;
    }

    private @Nullable JsonNode deleteCors(GatewayCall call) {
        apis.change(call, call.label("apiId"), tree -> {
            Trees.child(tree, "api").remove("corsConfiguration");
            return tree;
        });
        return null;
    }

    /** The API of an ARN such as {@code arn:aws:apigateway:us-east-1::/apis/ID/stages/NAME}, and its part with tags. */
    private record Named(String apiId, @Nullable String stage) {
        static Named of(GatewayCall call) {
            var arn = call.label("resource-arn");
            var steps = arn.substring(arn.indexOf('/') + 1).split("/");
            boolean known =
                    steps[0].equals("apis") && (steps.length == 2 || (steps.length == 4 && steps[2].equals("stages")));
            if (!known) {
                throw GatewayError.BAD_REQUEST.saying("Invalid ARN for tagging: " + arn);
            }
            return new Named(steps[1], steps.length == 2 ? null : steps[3]);
        }

        ObjectNode tags(ObjectNode tree) {
            return Trees.child(
                    stage == null
                            ? Trees.child(tree, "api")
                            : Trees.require(tree, HttpParts.STAGES::missing, "stages", stage),
                    "tags");
        }
    }

    private JsonNode tags(GatewayCall call) {
        var named = Named.of(call);
        var answer = GatewayCall.object();
        answer.set("tags", named.tags(apis.require(call, named.apiId).deepCopy()));
        return answer;
    }

    private JsonNode tag(GatewayCall call) {
        var named = Named.of(call);
        apis.change(call, named.apiId, tree -> {
            call.body()
                    .path("tags")
                    .properties()
                    .forEach(tag -> named.tags(tree).set(tag.getKey(), tag.getValue()));
            return tree;
        });
        return GatewayCall.object();
    }

    private @Nullable JsonNode untag(GatewayCall call) {
        var named = Named.of(call);
        apis.change(call, named.apiId, tree -> {
            named.tags(tree).remove(call.call().request().query().all("tagKeys"));
            return tree;
        });
        return null;
    }
}
