package dev.ruststack.emulator.apigateway;

import dev.ruststack.emulator.httpfront.Api;
import dev.ruststack.emulator.httpfront.Authorizer;
import dev.ruststack.emulator.httpfront.AuthorizerCache;
import dev.ruststack.emulator.httpfront.DeployedApis;
import dev.ruststack.emulator.httpfront.GatewayResponses;
import dev.ruststack.emulator.httpfront.Route;
import dev.ruststack.emulator.httpfront.Served;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The stages of REST APIs as they are served: a stage serves its deployment, whatever the API has become since. */
final class RestStages implements DeployedApis {
    /** What an authorizer said holds for so long unless it is told otherwise. */
    private static final Duration USUAL_LIFETIME = Duration.ofMinutes(5);

    private final Trees apis;
    private final ApiKeys keys;

    /** Made once for each state of an API. */
    private final Map<String, Made> made = new ConcurrentHashMap<>();

    RestStages(Trees apis, ApiKeys keys) {
        this.apis = apis;
        this.keys = keys;
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
        int end = rawPath.indexOf('/', 1);
        var stage = rawPath.length() < 2 ? "" : rawPath.substring(1, end < 0 ? rawPath.length() : end);
        if (tree == null || !tree.path("stages").has(stage)) {
            return null;
        }
        var served = made.compute(
                apiId + "/" + stage,
                (key, before) -> before != null && before.isOf(tree) ? before : new Made(tree, served(tree, stage)));
        return new Found(served.served, end < 0 ? "/" : rawPath.substring(end));
    }

    private Served served(ObjectNode tree, String stageName) {
        var stage = tree.path("stages").path(stageName);
        var deploymentId = stage.path("deploymentId").asString("");
        var snapshot = tree.path("deployments").path(deploymentId).path("snapshot");
        var apiId = tree.path("api").path("id").asString("");
        return Served.of(
                api(tree, snapshot, new Api.Stage(stageName, deploymentId, texts(stage.path("variables")))),
                key -> keys.opens(key, apiId, stageName));
    }

    /** An API that would serve this. */
    static Api api(JsonNode tree, JsonNode snapshot, Api.Stage stage) {
        var authorizers = new LinkedHashMap<String, Authorizer>();
        for (var each : snapshot.path("authorizers").properties()) {
            var authorizer = authorizer(each.getValue(), stage);
            if (authorizer != null) {
                authorizers.put(each.getKey(), authorizer);
            }
        }
        var routes = new ArrayList<Route>();
        for (var resource : snapshot.path("resources")) {
            for (var method : resource.path("resourceMethods")) {
                if (method.has("methodIntegration")) {
                    routes.add(route(resource, method, authorizers, stage));
                }
            }
        }
        var api = tree.path("api");
        var id = api.path("id").asString("");
        return new Api(
                Api.Kind.REST,
                tree.path("accountId").asString(""),
                id,
                stage,
                list(api.path("binaryMediaTypes")),
                null,
                new GatewayResponses(id, stage, ResponseTypes.served(snapshot)),
                routes);
    }

    private static Route route(
            JsonNode resource, JsonNode method, Map<String, Authorizer> authorizers, Api.Stage stage) {
        var type = method.path("authorizationType").asString("NONE");
        var authorizer = type.equals("CUSTOM")
                ? authorizers.get(method.path("authorizerId").asString(""))
                : null;
        return new Route(
                method.path("httpMethod").asString(Route.ANY),
                resource.path("path").asString("/"),
                RestTargets.of(method.path("methodIntegration"), stage.variables()),
                resource.path("id").asString(""),
                new Route.Access(authorizer, method.path("apiKeyRequired").asBoolean(false), type.equals("AWS_IAM")));
    }

    static @Nullable Authorizer authorizer(JsonNode document, Api.Stage stage) {
        var arn = RestTargets.functionArn(
                RestTargets.resolved(document.path("authorizerUri").asString(""), stage.variables()));
        if (arn == null) {
            return null;
        }
        var token = document.path("type").asString("").equals("TOKEN");
        var expression = document.path("identityValidationExpression").asString("");
        var sources = Arrays.stream(document.path("identitySource").asString("").split("\\s*,\\s*"))
                .filter(source -> !source.isEmpty())
                .toList();
        return new Authorizer(
                token ? Authorizer.Type.TOKEN : Authorizer.Type.REQUEST,
                arn,
                token && sources.isEmpty() ? List.of("method.request.header.Authorization") : sources,
                expression.isEmpty() ? null : Pattern.compile(expression),
                cache(document, USUAL_LIFETIME));
    }

    /** For as long as an authorizer says; {@code usual} where it does not. */
    static AuthorizerCache cache(JsonNode authorizer, Duration usual) {
        return AuthorizerCache.lasting(Duration.ofSeconds(
                authorizer.path("authorizerResultTtlInSeconds").asLong(usual.toSeconds())));
    }

    static Map<String, String> texts(JsonNode object) {
        var texts = new LinkedHashMap<String, String>();
        object.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asString("")));
        return texts;
    }

    static List<String> list(JsonNode array) {
        return array.valueStream().map(each -> each.asString("")).toList();
    }
}
