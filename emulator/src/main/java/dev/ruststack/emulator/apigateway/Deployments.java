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
 * Deployments: what an API was at some time, which stages serve. AWS: API Gateway API Reference, Deployment.
 */
final class Deployments {
    private static final Set<String> MEMBERS = Set.of(
            "stageName",
            "stageDescription",
            "description",
            "variables",
            "cacheClusterEnabled",
            "cacheClusterSize",
            "tracingEnabled");
    private static final Patch PATCH = new Patch(Map.of("description", Kind.TEXT));

    private final Trees apis;
    private final Clock clock;

    Deployments(Trees apis, Clock clock) {
        this.apis = apis;
        this.clock = clock;
    }

    List<GatewayOperation> operations() {
        var one = "/restapis/{restapi_id}/deployments/{deployment_id}";
        return List.of(
                GatewayOperation.of(
                        "CreateDeployment POST /restapis/{restapi_id}/deployments", 201, MEMBERS, this::create),
                GatewayOperation.of("DeleteDeployment DELETE " + one, 202, this::delete),
                GatewayOperation.of("GetDeployment GET " + one, 200, this::get),
                GatewayOperation.of("GetDeployments GET /restapis/{restapi_id}/deployments", 200, this::list),
                GatewayOperation.of("UpdateDeployment PATCH " + one, 200, Patch.REQUEST, this::update));
    }

    static ObjectNode require(JsonNode tree, String id) {
        return Trees.require(
                tree,
                () -> GatewayError.NOT_FOUND.saying("Invalid Deployment identifier specified"),
                "deployments",
                id);
    }

    private JsonNode create(GatewayCall call) {
        return apis.change(call, call.label("restapi_id"), tree -> {
            requireComplete(tree);
            var deployment = GatewayCall.object().put("id", Trees.newId(6));
            if (call.text("description") != null) {
                deployment.put("description", call.text("description"));
            }
            deployment.put("createdDate", clock.instant().getEpochSecond());
            var snapshot = deployment.putObject("snapshot");
            for (var part : List.of("resources", "authorizers", "gatewayResponses")) {
                snapshot.set(part, Trees.child(tree, part).deepCopy());
            }
            Trees.child(tree, "deployments").set(deployment.path("id").asString(), deployment);
            var stage = call.text("stageName");
            if (stage != null && !stage.isEmpty()) {
                Stages.deploy(tree, stage, deployment.path("id").asString(), call.body(), clock);
            }
            return shown(deployment);
        });
    }

    private static void requireComplete(ObjectNode tree) {
        var methods = tree.path("resources")
                .valueStream()
                .flatMap(resource -> resource.path("resourceMethods").valueStream())
                .toList();
        if (methods.isEmpty()) {
            throw GatewayError.BAD_REQUEST.saying("The REST API doesn't contain any methods");
        }
        if (methods.stream().anyMatch(method -> !method.has("methodIntegration"))) {
            throw GatewayError.BAD_REQUEST.saying("No integration defined for method");
        }
    }

    private static ObjectNode shown(JsonNode deployment) {
        return ((ObjectNode) deployment.deepCopy()).without("snapshot");
    }

    private JsonNode get(GatewayCall call) {
        return shown(require(apis.require(call, call.label("restapi_id")), call.label("deployment_id")));
    }

    private JsonNode list(GatewayCall call) {
        var all = apis.require(call, call.label("restapi_id"))
                .path("deployments")
                .valueStream()
                .map(Deployments::shown)
                .sorted(Comparator.comparing(each -> each.path("id").asString("")))
                .toList();
        return Pages.of(call, all, each -> each.path("id").asString(""));
    }

    private JsonNode update(GatewayCall call) {
        return apis.change(call, call.label("restapi_id"), tree -> {
            var deployment = require(tree, call.label("deployment_id"));
            PATCH.apply(deployment, call.body());
            return shown(deployment);
        });
    }

    private JsonNode delete(GatewayCall call) {
        return apis.change(call, call.label("restapi_id"), tree -> {
            var id = call.label("deployment_id");
            require(tree, id);
            var used = tree.path("stages")
                    .valueStream()
                    .anyMatch(stage -> stage.path("deploymentId").asString("").equals(id));
            if (used) {
                throw GatewayError.BAD_REQUEST.saying(
                        "Active stages pointing to this deployment must be moved or deleted");
            }
            Trees.child(tree, "deployments").remove(id);
            return GatewayCall.object();
        });
    }
}
