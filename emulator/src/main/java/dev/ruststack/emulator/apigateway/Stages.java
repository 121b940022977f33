package dev.ruststack.emulator.apigateway;

import dev.ruststack.emulator.apigateway.Patch.Kind;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Stages: deployments under names. AWS: API Gateway API Reference, Stage. */
final class Stages {
    private static final Set<String> MEMBERS = Set.of(
            "stageName",
            "deploymentId",
            "description",
            "variables",
            "cacheClusterEnabled",
            "cacheClusterSize",
            "documentationVersion",
            "tracingEnabled",
            "tags");
    private static final Patch PATCH = new Patch(Map.ofEntries(
            Map.entry("deploymentId", Kind.TEXT),
            Map.entry("description", Kind.TEXT),
            Map.entry("variables", Kind.TEXTS),
            Map.entry("cacheClusterEnabled", Kind.BOOLEAN),
            Map.entry("cacheClusterSize", Kind.TEXT),
            Map.entry("documentationVersion", Kind.TEXT),
            Map.entry("tracingEnabled", Kind.BOOLEAN),
            Map.entry("clientCertificateId", Kind.TEXT),
            Map.entry("accessLogSettings", Kind.NESTED)));

    /** What the last steps of a path to a setting of methods are called in the document. */
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("metrics/enabled", "metricsEnabled"),
            Map.entry("logging/loglevel", "loggingLevel"),
            Map.entry("logging/dataTrace", "dataTraceEnabled"),
            Map.entry("throttling/burstLimit", "throttlingBurstLimit"),
            Map.entry("throttling/rateLimit", "throttlingRateLimit"),
            Map.entry("caching/enabled", "cachingEnabled"),
            Map.entry("caching/ttlInSeconds", "cacheTtlInSeconds"),
            Map.entry("caching/dataEncrypted", "cacheDataEncrypted"),
            Map.entry("caching/requireAuthorizationForCacheControl", "requireAuthorizationForCacheControl"),
            Map.entry("caching/unauthorizedCacheControlHeaderStrategy", "unauthorizedCacheControlHeaderStrategy"));

    private final Trees apis;
    private final Clock clock;

    Stages(Trees apis, Clock clock) {
        this.apis = apis;
        this.clock = clock;
    }

    List<GatewayOperation> operations() {
        var one = "/restapis/{restapi_id}/stages/{stage_name}";
        return List.of(
                GatewayOperation.of("CreateStage POST /restapis/{restapi_id}/stages", 201, MEMBERS, this::create),
                GatewayOperation.of("DeleteStage DELETE " + one, 202, this::delete),
                GatewayOperation.of("GetStage GET " + one, 200, this::get),
                GatewayOperation.of("GetStages GET /restapis/{restapi_id}/stages", 200, this::list),
                GatewayOperation.of("UpdateStage PATCH " + one, 200, Patch.REQUEST, this::update),
                GatewayOperation.of("FlushStageCache DELETE " + one + "/cache/data", 202, this::flush),
                GatewayOperation.of(
                        "FlushStageAuthorizersCache DELETE " + one + "/cache/authorizers", 202, this::flush));
    }

    static ObjectNode require(JsonNode tree, String name) {
        return Trees.require(
                tree, () -> GatewayError.NOT_FOUND.saying("Invalid Stage identifier specified"), "stages", name);
    }

    /** Has a stage serve a deployment; it is made where it is not there. */
    static void deploy(ObjectNode tree, String name, String deploymentId, ObjectNode given, Clock clock) {
        if (!name.matches("[a-zA-Z0-9_-]+")) {
            throw GatewayError.BAD_REQUEST.saying("Stage name only allows a-zA-Z0-9_-");
        }
        var stages = Trees.child(tree, "stages");
        var there = stages.has(name);
        var stage = there ? Trees.child(stages, name) : stage(name, clock);
        stage.put("deploymentId", deploymentId);
        if (given.path("stageDescription").isString()) {
            stage.put("description", given.path("stageDescription").asString());
        }
        for (var member : List.of("variables", "cacheClusterEnabled", "cacheClusterSize", "tracingEnabled")) {
            if (given.has(member)) {
                stage.set(member, given.path(member));
            }
        }
        stage.put("lastUpdatedDate", clock.instant().getEpochSecond());
        stages.set(name, stage);
    }

    private static ObjectNode stage(String name, Clock clock) {
        var stage = GatewayCall.object()
                .put("stageName", name)
                .put("cacheClusterEnabled", false)
                .put("cacheClusterStatus", "NOT_AVAILABLE")
                .put("tracingEnabled", false)
                .put("createdDate", clock.instant().getEpochSecond());
        stage.putObject("methodSettings");
        return stage;
    }

    private JsonNode create(GatewayCall call) {
        var name = call.required("stageName");
        var deployment = call.required("deploymentId");
        return apis.change(call, call.label("restapi_id"), tree -> {
            Deployments.require(tree, deployment);
            if (tree.path("stages").has(name)) {
                throw GatewayError.CONFLICT.saying("Stage already exists");
            }
            deploy(tree, name, deployment, call.body(), clock);
            var stage = require(tree, name);
            stage.setAll(call.body());
            return stage;
        });
    }

    private JsonNode get(GatewayCall call) {
        return require(apis.require(call, call.label("restapi_id")), call.label("stage_name"));
    }

    /** These are not in pages. */
    private JsonNode list(GatewayCall call) {
        var deployment = call.query("deploymentId");
        var stages = apis.require(call, call.label("restapi_id"))
                .path("stages")
                .valueStream()
                .filter(stage -> deployment == null
                        || stage.path("deploymentId").asString("").equals(deployment))
                .toList();
        return GatewayCall.items("item", stages);
    }

    private JsonNode update(GatewayCall call) {
        return apis.change(call, call.label("restapi_id"), tree -> {
            var stage = require(tree, call.label("stage_name"));
            for (var operation : call.body().path("patchOperations")) {
                change(stage, (ObjectNode) operation);
            }
            Deployments.require(tree, stage.path("deploymentId").asString(""));
            stage.put("lastUpdatedDate", clock.instant().getEpochSecond());
            return stage;
        });
    }

    private static void change(ObjectNode stage, ObjectNode operation) {
        var steps = Patch.steps(operation.path("path").asString(""));
        if (steps.size() >= 2 && !PATCH.members().containsKey(steps.getFirst())) {
            setting(stage, steps, operation);
            return;
        }
        var request = GatewayCall.object();
        request.putArray("patchOperations").add(operation);
        PATCH.apply(stage, request);
    }

    /** A path such as {@code /~1orders/GET/logging/loglevel} or {@code /*}{@code /*}{@code /metrics/enabled}. */
    private static void setting(ObjectNode stage, List<String> steps, ObjectNode operation) {
        var method = steps.get(0).replaceFirst("^/", "") + "/" + steps.get(1);
        var settings = Trees.child(stage, "methodSettings");
        if (steps.size() == 2 && operation.path("op").asString("").equals("remove")) {
            settings.remove(method);
            return;
        }
        var name = SETTINGS.get(String.join("/", steps.subList(2, steps.size())));
        if (name == null) {
            throw Patch.invalid(operation.path("path").asString(""));
        }
        var request = GatewayCall.object();
        request.putArray("patchOperations").add(operation.deepCopy().put("path", "/s/" + name));
        var holder = GatewayCall.object();
        holder.set("s", Trees.child(settings, method));
        new Patch(Map.of("s", Kind.NESTED)).apply(holder, request);
    }

    /** What is made of an API, the results of its authorizers too, goes by its tree: a new one forgets them. */
    private JsonNode flush(GatewayCall call) {
        return apis.change(call, call.label("restapi_id"), tree -> {
            require(tree, call.label("stage_name"));
            tree.put("flushes", tree.path("flushes").asLong(0) + 1);
            return GatewayCall.object();
        });
    }

    private JsonNode delete(GatewayCall call) {
        return apis.change(call, call.label("restapi_id"), tree -> {
            require(tree, call.label("stage_name"));
            Trees.child(tree, "stages").remove(call.label("stage_name"));
            return GatewayCall.object();
        });
    }
}
