package dev.ruststack.emulator.apigateway;

import dev.ruststack.emulator.aws.AwsException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What belongs to an HTTP API, all of it made, read, changed and deleted alike. AWS: API Gateway V2 API Reference, Route;
 * Integration; Stage; Deployment; Authorizer.
 *
 * @param part where it is in the API's tree, and in paths
 * @param id the member that is its id, and the label of paths; a stage's is its name
 * @param members what requests may have
 * @param unless what a document has where nothing is said of it, JSON
 * @param check refuses what cannot be served
 */
record HttpParts(
        String singular, String part, String id, Set<String> members, String unless, Consumer<ObjectNode> check) {
    static final HttpParts ROUTES = new HttpParts(
            "Route",
            "routes",
            "routeId",
            Set.of(
                    "apiKeyRequired",
                    "authorizationScopes",
                    "authorizationType",
                    "authorizerId",
                    "operationName",
                    "routeKey",
                    "target"),
            "{\"apiKeyRequired\":false,\"authorizationType\":\"NONE\"}",
            HttpChecks::route);
    static final HttpParts INTEGRATIONS = new HttpParts(
            "Integration",
            "integrations",
            "integrationId",
            Set.of(
                    "connectionType",
                    "credentialsArn",
                    "description",
                    "integrationMethod",
                    "integrationType",
                    "integrationUri",
                    "payloadFormatVersion",
                    "timeoutInMillis"),
            "{\"connectionType\":\"INTERNET\",\"timeoutInMillis\":30000}",
            HttpChecks::integration);
    static final HttpParts STAGES = new HttpParts(
            "Stage",
            "stages",
            "stageName",
            Set.of(
                    "accessLogSettings",
                    "autoDeploy",
                    "defaultRouteSettings",
                    "deploymentId",
                    "description",
                    "routeSettings",
                    "stageName",
                    "stageVariables",
                    "tags"),
            "{\"defaultRouteSettings\":{\"detailedMetricsEnabled\":false},\"routeSettings\":{},\"stageVariables\":{},\"tags\":{}}",
            stage -> {});
    static final HttpParts DEPLOYMENTS = new HttpParts(
            "Deployment",
            "deployments",
            "deploymentId",
            Set.of("description", "stageName"),
            "{\"autoDeployed\":false,\"deploymentStatus\":\"DEPLOYED\"}",
            deployment -> {});
    static final HttpParts AUTHORIZERS = new HttpParts(
            "Authorizer",
            "authorizers",
            "authorizerId",
            Set.of(
                    "authorizerCredentialsArn",
                    "authorizerPayloadFormatVersion",
                    "authorizerResultTtlInSeconds",
                    "authorizerType",
                    "authorizerUri",
                    "enableSimpleResponses",
                    "identitySource",
                    "identityValidationExpression",
                    "name"),
            "{}",
            HttpChecks::authorizer);

    private static final String SNAPSHOT = "snapshot";

    static List<GatewayOperation> operations(Trees apis, Clock clock) {
        return Stream.of(ROUTES, INTEGRATIONS, STAGES, DEPLOYMENTS, AUTHORIZERS)
                .flatMap(parts -> parts.operationsOn(apis, clock).stream())
                .toList();
    }

    private List<GatewayOperation> operationsOn(Trees apis, Clock clock) {
        var all = "/v2/apis/{apiId}/" + part;
        var one = all + "/{" + id + "}";
        return List.of(
                GatewayOperation.of(
                        "Create" + singular + " POST " + all, 201, members, call -> create(apis, call, clock)),
                GatewayOperation.of("Delete" + singular + " DELETE " + one, 204, call -> delete(apis, call)),
                GatewayOperation.of("Get" + singular + " GET " + one, 200, call -> get(apis, call)),
                GatewayOperation.of("Get" + singular + "s GET " + all, 200, call -> list(apis, call)),
                GatewayOperation.of(
                        "Update" + singular + " PATCH " + one, 200, changeable(), call -> update(apis, call, clock)));
    }

    /** What can be changed: not what stands in the path, nor what has operations of its own. */
    private Set<String> changeable() {
        return members.stream()
                .filter(member -> !Set.of("stageName", "tags").contains(member))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Now, as these documents have it. */
    static String now(Clock clock) {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    AwsException missing() {
        return GatewayError.NOT_FOUND.saying("Invalid " + singular + " identifier specified");
    }

    private JsonNode create(Trees apis, GatewayCall call, Clock clock) {
        return apis.change(call, call.label("apiId"), tree -> shown(add(tree, call.body(), clock)));
    }

    /** Adds one to an API. */
    ObjectNode add(ObjectNode tree, ObjectNode given, Clock clock) {
        var document = (ObjectNode) JsonMapper.shared().readTree(unless);
        document.setAll(given);
        check.accept(document);
        var there = Trees.child(tree, part);
        if (!equals(STAGES)) {
            document.put(id, Trees.newId(7));
        }
        var key = document.path(id).asString("");
        if (key.isEmpty() || !key.matches("\\$default|[a-zA-Z0-9_-]+")) {
            throw GatewayError.BAD_REQUEST.saying("Invalid " + id + ": " + key);
        }
        if (there.has(key)) {
            throw GatewayError.CONFLICT.saying(singular + " already exists");
        }
        requireNew(tree, document);
        made(tree, document, clock);
        there.set(key, document);
        return document;
    }

    private void requireNew(ObjectNode tree, ObjectNode document) {
        var key = document.path("routeKey").asString("");
        if (equals(ROUTES)
                && tree.path(part)
                        .valueStream()
                        .anyMatch(each -> each.path("routeKey").asString("").equals(key))) {
            throw GatewayError.CONFLICT.saying("Route with key " + key + " already exists for this API");
        }
    }

    private void made(ObjectNode tree, ObjectNode document, Clock clock) {
        if (equals(STAGES)) {
            document.put("createdDate", now(clock)).put("lastUpdatedDate", now(clock));
            if (document.path("autoDeploy").asBoolean(false)) {
                var deployment = GatewayCall.object()
                        .put("autoDeployed", true)
                        .put("description", "Automatic deployment triggered by changes to the Api configuration");
                document.put(
                        "deploymentId",
                        DEPLOYMENTS
                                .add(tree, deployment, clock)
                                .path("deploymentId")
                                .asString(""));
            }
        }
        if (equals(DEPLOYMENTS)) {
            document.put("createdDate", now(clock));
            var snapshot = document.putObject(SNAPSHOT);
            for (var each : List.of(ROUTES, INTEGRATIONS, AUTHORIZERS)) {
                snapshot.set(each.part, Trees.child(tree, each.part).deepCopy());
            }
            var stage = document.path("stageName").asString("");
            document.remove("stageName");
            if (!stage.isEmpty()) {
                Trees.require(tree, STAGES::missing, "stages", stage)
                        .put("deploymentId", document.path(id).asString(""))
                        .put("lastUpdatedDate", now(clock));
            }
        }
    }

    private static ObjectNode shown(JsonNode document) {
        return document.has(SNAPSHOT) ? ((ObjectNode) document.deepCopy()).without(SNAPSHOT) : (ObjectNode) document;
    }

    private ObjectNode require(ObjectNode tree, GatewayCall call) {
        return Trees.require(tree, this::missing, part, call.label(id));
    }

    private JsonNode get(Trees apis, GatewayCall call) {
        return shown(require(apis.require(call, call.label("apiId")), call));
    }

    private JsonNode list(Trees apis, GatewayCall call) {
        var all = apis.require(call, call.label("apiId"))
                .path(part)
                .valueStream()
                .map(HttpParts::shown)
                .sorted(Comparator.comparing(each -> each.path(id).asString("")))
                .toList();
        return Pages.ofHttpApi(call, all, id);
    }

    private JsonNode update(Trees apis, GatewayCall call, Clock clock) {
        return apis.change(call, call.label("apiId"), tree -> {
            var document = require(tree, call);
            document.setAll(call.body().without(id));
            check.accept(document);
            if (equals(STAGES)) {
                document.put("lastUpdatedDate", now(clock));
            }
            return shown(document);
        });
    }

    private @Nullable JsonNode delete(Trees apis, GatewayCall call) {
        apis.change(call, call.label("apiId"), tree -> {
            require(tree, call);
            return Trees.child(tree, part).remove(call.label(id));
        });
        return null;
    }
}
