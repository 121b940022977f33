package dev.ruststack.emulator.apigateway;

import dev.ruststack.emulator.httpfront.Api;
import dev.ruststack.emulator.httpfront.Authorizer;
import dev.ruststack.emulator.httpfront.CorsRule;
import dev.ruststack.emulator.httpfront.DeployedApis;
import dev.ruststack.emulator.httpfront.Route;
import dev.ruststack.emulator.httpfront.Served;
import dev.ruststack.emulator.httpfront.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The stages of HTTP APIs as they are served: one with auto deploy serves the API as it is, another its deployment. */
final class HttpStages implements DeployedApis {
    private final Trees apis;

    /** Made once for each state of an API. */
    private final Map<String, Made> made = new ConcurrentHashMap<>();

    HttpStages(Trees apis) {
        this.apis = apis;
    }

    private record Made(ObjectNode of, Served served) {
        /** Trees are never changed: the same one is the same state. */
        @SuppressWarnings("ReferenceEquality")
        boolean isOf(ObjectNode tree) {
            return of == tree;
        }
    }

    @Override
    public @Nullable Found find(String apiId, String rawPath) {
        var tree = apis.anywhere(apiId);
        if (tree == null) {
            return null;
        }
        int end = rawPath.indexOf('/', 1);
        var first = rawPath.length() < 2 ? "" : rawPath.substring(1, end < 0 ? rawPath.length() : end);
        var stages = tree.path("stages");
        if (!first.isEmpty() && !first.equals(Api.Stage.DEFAULT) && stages.has(first)) {
            return new Found(served(tree, apiId, first), end < 0 ? "/" : rawPath.substring(end));
        }
        var stage = stages.has(Api.Stage.DEFAULT) ? Api.Stage.DEFAULT : "";
        return new Found(served(tree, apiId, stage), rawPath);
    }

    /** Without a stage there is no route. */
    private Served served(ObjectNode tree, String apiId, String stage) {
        return made.compute(
                        apiId + "/" + stage,
                        (key, before) ->
                                before != null && before.isOf(tree) ? before : new Made(tree, served(tree, stage)))
                .served;
    }

    private static Served served(ObjectNode tree, String stageName) {
        var document = tree.path("stages").path(stageName);
        var stage = new Api.Stage(
                stageName,
                document.path("deploymentId").asString(""),
                RestStages.texts(document.path("stageVariables")));
        var of = document.path("autoDeploy").asBoolean(false)
                ? tree
                : tree.path("deployments").path(stage.deploymentId()).path("snapshot");
        var authorizers = new LinkedHashMap<String, Authorizer>();
        for (var each : of.path("authorizers").properties()) {
            var authorizer = authorizer(each.getValue(), stage);
            if (authorizer != null) {
                authorizers.put(each.getKey(), authorizer);
            }
        }
        var routes = new ArrayList<Route>();
        for (var route : of.path("routes")) {
            var target = route.path("target").asString("").replaceFirst("^integrations/", "");
            var integration = of.path("integrations").path(target);
            if (integration.isObject()) {
                routes.add(route(route, integration, authorizers, stage));
            }
        }
        var api = tree.path("api");
        return Served.of(
                new Api(
                        Api.Kind.HTTP,
                        tree.path("accountId").asString(""),
                        api.path("apiId").asString(""),
                        stage,
                        java.util.List.of(),
                        cors(api.path("corsConfiguration")),
                        routes),
                key -> false);
    }

    private static Route route(
            JsonNode route, JsonNode integration, Map<String, Authorizer> authorizers, Api.Stage stage) {
        var words = route.path("routeKey").asString("").split(" ", 2);
        var authorizer = route.path("authorizationType").asString("").equals("CUSTOM")
                ? authorizers.get(route.path("authorizerId").asString(""))
                : null;
        var path = words.length == 1 ? Route.DEFAULT : words[1];
        return new Route(
                words.length == 1 ? Route.ANY : words[0],
                path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path,
                target(integration, stage),
                route.path("routeId").asString(""),
                new Route.Access(
                        authorizer,
                        false,
                        route.path("authorizationType").asString("").equals("AWS_IAM")));
    }

    private static Target target(JsonNode integration, Api.Stage stage) {
        var timeout = Duration.ofMillis(integration.path("timeoutInMillis").asLong(30_000));
        var uri = RestTargets.resolved(integration.path("integrationUri").asString(""), stage.variables());
        var arn = RestTargets.functionArn(uri);
        if (integration.path("integrationType").asString("").equals("HTTP_PROXY") || arn == null) {
            return new Target.Server(integration.path("integrationMethod").asString("ANY"), uri, timeout);
        }
        var format = integration.path("payloadFormatVersion").asString("2.0").equals("1.0")
                ? Target.Format.V1
                : Target.Format.V2;
        return new Target.Function(arn, format, timeout);
    }

    private static @Nullable Authorizer authorizer(JsonNode document, Api.Stage stage) {
        var uri = RestTargets.resolved(document.path("authorizerUri").asString(""), stage.variables());
        var arn = RestTargets.functionArn(uri);
        if (arn == null) {
            return null;
        }
        Authorizer.Type type;
        if (document.path("authorizerPayloadFormatVersion").asString("1.0").equals("1.0")) {
            type = Authorizer.Type.REQUEST;
        } else {
            type = document.path("enableSimpleResponses").asBoolean(false)
                    ? Authorizer.Type.SIMPLE
                    : Authorizer.Type.REQUEST_V2;
        }
        return new Authorizer(
                type,
                arn,
                RestStages.list(document.path("identitySource")),
                null,
                RestStages.cache(document, Duration.ZERO));
    }

    private static @Nullable CorsRule cors(JsonNode cors) {
        return cors.isObject()
                ? new CorsRule(
                        cors.path("allowCredentials").asBoolean(false),
                        RestStages.list(cors.path("allowHeaders")),
                        RestStages.list(cors.path("allowMethods")),
                        RestStages.list(cors.path("allowOrigins")),
                        RestStages.list(cors.path("exposeHeaders")),
                        cors.has("maxAge") ? cors.path("maxAge").asInt(0) : null)
                : null;
    }
}
