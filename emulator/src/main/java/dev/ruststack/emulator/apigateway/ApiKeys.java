package dev.ruststack.emulator.apigateway;

import dev.ruststack.emulator.apigateway.Patch.Kind;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * API keys, and the usage plans that open stages to them; throttles and quotas are kept and not applied. AWS: API Gateway
 * API Reference, ApiKey; UsagePlan.
 */
final class ApiKeys {
    private static final Set<String> KEY =
            Set.of("name", "description", "enabled", "generateDistinctId", "value", "stageKeys", "customerId", "tags");
    private static final Set<String> PLAN = Set.of("name", "description", "apiStages", "throttle", "quota", "tags");
    private static final Patch KEY_PATCH = new Patch(
            Map.of("name", Kind.TEXT, "description", Kind.TEXT, "enabled", Kind.BOOLEAN, "customerId", Kind.TEXT));
    private static final Patch PLAN_PATCH = new Patch(Map.of(
            "name", Kind.TEXT,
            "description", Kind.TEXT,
            "productCode", Kind.TEXT,
            "throttle", Kind.NESTED,
            "quota", Kind.NESTED));

    private final Trees keys;
    private final Trees plans;
    private final Clock clock;

    ApiKeys(Trees keys, Trees plans, Clock clock) {
        this.keys = keys;
        this.plans = plans;
        this.clock = clock;
    }

    List<GatewayOperation> operations() {
        return List.of(
                GatewayOperation.of("CreateApiKey POST /apikeys", 201, KEY, this::createKey),
                GatewayOperation.of("DeleteApiKey DELETE /apikeys/{api_Key}", 202, this::deleteKey),
                GatewayOperation.of("GetApiKey GET /apikeys/{api_Key}", 200, this::getKey),
                GatewayOperation.of("GetApiKeys GET /apikeys", 200, this::listKeys),
                GatewayOperation.of("UpdateApiKey PATCH /apikeys/{api_Key}", 200, Patch.REQUEST, this::updateKey),
                GatewayOperation.of("CreateUsagePlan POST /usageplans", 201, PLAN, this::createPlan),
                GatewayOperation.of("DeleteUsagePlan DELETE /usageplans/{usageplanId}", 202, this::deletePlan),
                GatewayOperation.of("GetUsagePlan GET /usageplans/{usageplanId}", 200, this::getPlan),
                GatewayOperation.of("GetUsagePlans GET /usageplans", 200, this::listPlans),
                GatewayOperation.of(
                        "UpdateUsagePlan PATCH /usageplans/{usageplanId}", 200, Patch.REQUEST, this::updatePlan),
                GatewayOperation.of(
                        "CreateUsagePlanKey POST /usageplans/{usageplanId}/keys",
                        201,
                        Set.of("keyId", "keyType"),
                        this::addKey),
                GatewayOperation.of(
                        "DeleteUsagePlanKey DELETE /usageplans/{usageplanId}/keys/{keyId}", 202, this::removeKey),
                GatewayOperation.of(
                        "GetUsagePlanKey GET /usageplans/{usageplanId}/keys/{keyId}", 200, this::getPlanKey),
                GatewayOperation.of("GetUsagePlanKeys GET /usageplans/{usageplanId}/keys", 200, this::planKeys));
    }

    /** Whether the value of a key opens a stage: an enabled key, in a plan that has the stage. */
    boolean opens(String value, String apiId, String stage) {
        return keys.table().startingWith(keys.kind() + "/").values().stream()
                .filter(key -> key.path("value").asString("").equals(value)
                        && key.path("enabled").asBoolean(false))
                .anyMatch(key -> inPlan(key.path("id").asString(""), apiId, stage));
    }

    private boolean inPlan(String keyId, String apiId, String stage) {
        return plans.table().startingWith(plans.kind() + "/").values().stream()
                .filter(plan -> plan.path("keys").has(keyId))
                .flatMap(plan -> plan.path("apiStages").valueStream())
                .anyMatch(each -> each.path("apiId").asString("").equals(apiId)
                        && each.path("stage").asString("").equals(stage));
    }

    private JsonNode createKey(GatewayCall call) {
        long now = clock.instant().getEpochSecond();
        var key = GatewayCall.object().put("id", Trees.newId(10)).put("value", Trees.newId(40));
        key.setAll(call.body());
        key.remove("generateDistinctId");
        if (!key.has("enabled")) {
            key.put("enabled", false);
        }
        key.remove("stageKeys");
        key.put("createdDate", now).put("lastUpdatedDate", now).putArray("stageKeys");
        keys.put(call, key.path("id").asString(), key);
        return key;
    }

    private JsonNode getKey(GatewayCall call) {
        return shown(keys.require(call, call.label("api_Key")), "true".equals(call.query("includeValue")));
    }

    private static ObjectNode shown(ObjectNode key, boolean withValue) {
        return withValue ? key : key.deepCopy().without("value");
    }

    private JsonNode listKeys(GatewayCall call) {
        var withValues = "true".equals(call.query("includeValues"));
        var name = call.query("name");
        var all = keys.all(call).stream()
                .filter(key -> name == null || key.path("name").asString("").startsWith(name))
                .map(key -> shown(key, withValues))
                .sorted(Comparator.comparing(key -> key.path("id").asString("")))
                .toList();
        return Pages.of(call, all, key -> key.path("id").asString(""));
    }

    private JsonNode updateKey(GatewayCall call) {
        return keys.change(call, call.label("api_Key"), key -> {
            KEY_PATCH.apply(key, call.body());
            return shown(key.put("lastUpdatedDate", clock.instant().getEpochSecond()), false);
        });
    }

    private JsonNode deleteKey(GatewayCall call) {
        keys.remove(call, call.label("api_Key"));
        return GatewayCall.object();
    }

    private JsonNode createPlan(GatewayCall call) {
        call.required("name");
        var plan = GatewayCall.object().put("id", Trees.newId(6));
        plan.setAll(call.body());
        Trees.child(plan, "keys");
        plans.put(call, plan.path("id").asString(), plan);
        return shownPlan(plan);
    }

    private static ObjectNode shownPlan(JsonNode plan) {
        return ((ObjectNode) plan.deepCopy()).without("keys");
    }

    private JsonNode getPlan(GatewayCall call) {
        return shownPlan(plans.require(call, call.label("usageplanId")));
    }

    private JsonNode listPlans(GatewayCall call) {
        var keyId = call.query("keyId");
        var all = plans.all(call).stream()
                .filter(plan -> keyId == null || plan.path("keys").has(keyId))
                .map(ApiKeys::shownPlan)
                .sorted(Comparator.comparing(plan -> plan.path("id").asString("")))
                .toList();
        return Pages.of(call, all, plan -> plan.path("id").asString(""));
    }

    private JsonNode updatePlan(GatewayCall call) {
        return plans.change(call, call.label("usageplanId"), plan -> {
            for (var operation : call.body().path("patchOperations")) {
                if (operation.path("path").asString("").equals("/apiStages")) {
                    stages(plan, operation);
                } else {
                    var request = GatewayCall.object();
                    request.putArray("patchOperations").add(operation);
                    PLAN_PATCH.apply(plan, request);
                }
            }
            return shownPlan(plan);
        });
    }

    /** The value is {@code API:STAGE}. */
    private static void stages(ObjectNode plan, JsonNode operation) {
        var words = operation.path("value").asString("").split(":", 2);
        if (words.length < 2) {
            throw GatewayError.BAD_REQUEST.saying("Invalid API Stage: " + words[0]);
        }
        var stages = plan.get("apiStages") instanceof ArrayNode there ? there : plan.putArray("apiStages");
        for (int i = stages.size() - 1; i >= 0; i--) {
            if (stages.get(i).path("apiId").asString("").equals(words[0])
                    && stages.get(i).path("stage").asString("").equals(words[1])) {
                stages.remove(i);
            }
        }
        if (operation.path("op").asString("").equals("add")) {
            stages.addObject().put("apiId", words[0]).put("stage", words[1]);
        }
    }

    private JsonNode deletePlan(GatewayCall call) {
        plans.remove(call, call.label("usageplanId"));
        return GatewayCall.object();
    }

    private ObjectNode planKey(GatewayCall call, String id) {
        var key = keys.require(call, id);
        return GatewayCall.object()
                .put("id", id)
                .put("type", "API_KEY")
                .put("value", key.path("value").asString(""))
                .put("name", key.path("name").asString(""));
    }

    private JsonNode addKey(GatewayCall call) {
        var id = call.required("keyId");
        var key = planKey(call, id);
        plans.change(
                call,
                call.label("usageplanId"),
                plan -> Trees.child(plan, "keys").put(id, true));
        return key;
    }

    private void requireIn(GatewayCall call, @Nullable String id) {
        if (!plans.require(call, call.label("usageplanId")).path("keys").has(id)) {
            throw GatewayError.NOT_FOUND.saying("Invalid API Key identifier specified");
        }
    }

    private JsonNode getPlanKey(GatewayCall call) {
        requireIn(call, call.label("keyId"));
        return planKey(call, call.label("keyId"));
    }

    private JsonNode planKeys(GatewayCall call) {
        var ids = plans.require(call, call.label("usageplanId")).path("keys").propertyNames();
        return Pages.of(
                call,
                ids.stream().sorted().map(id -> planKey(call, id)).toList(),
                key -> key.path("id").asString(""));
    }

    private JsonNode removeKey(GatewayCall call) {
        requireIn(call, call.label("keyId"));
        plans.change(call, call.label("usageplanId"), plan -> {
            Trees.child(plan, "keys").remove(call.label("keyId"));
            return plan;
        });
        return GatewayCall.object();
    }
}
