package dev.ruststack.emulator.apigateway;

import dev.ruststack.emulator.apigateway.Patch.Kind;
import dev.ruststack.emulator.aws.AwsException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What answers methods. AWS: API Gateway API Reference, Integration; IntegrationResponse. */
final class Integrations {
    private static final String INTEGRATION =
            "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/integration";
    private static final Set<String> MEMBERS = Set.of(
            "type",
            "httpMethod",
            "uri",
            "connectionType",
            "credentials",
            "requestParameters",
            "requestTemplates",
            "passthroughBehavior",
            "cacheNamespace",
            "cacheKeyParameters",
            "contentHandling",
            "timeoutInMillis",
            "responseTransferMode");
    private static final Set<String> RESPONSE_MEMBERS =
            Set.of("selectionPattern", "responseParameters", "responseTemplates", "contentHandling");

    private static final Patch PATCH = new Patch(Map.ofEntries(
            Map.entry("httpMethod", Kind.TEXT),
            Map.entry("uri", Kind.TEXT),
            Map.entry("connectionType", Kind.TEXT),
            Map.entry("credentials", Kind.TEXT),
            Map.entry("requestParameters", Kind.TEXTS),
            Map.entry("requestTemplates", Kind.TEXTS),
            Map.entry("passthroughBehavior", Kind.TEXT),
            Map.entry("cacheNamespace", Kind.TEXT),
            Map.entry("cacheKeyParameters", Kind.LIST),
            Map.entry("contentHandling", Kind.TEXT),
            Map.entry("timeoutInMillis", Kind.NUMBER)));

    private static final Patch RESPONSE = new Patch(Map.of(
            "selectionPattern", Kind.TEXT,
            "responseParameters", Kind.TEXTS,
            "responseTemplates", Kind.TEXTS,
            "contentHandling", Kind.TEXT));

    private final Trees apis;

    Integrations(Trees apis) {
        this.apis = apis;
    }

    List<GatewayOperation> operations() {
        var response = INTEGRATION + "/responses/{status_code}";
        return List.of(
                GatewayOperation.of("PutIntegration PUT " + INTEGRATION, 201, MEMBERS, this::put),
                GatewayOperation.of("GetIntegration GET " + INTEGRATION, 200, this::get),
                GatewayOperation.of("UpdateIntegration PATCH " + INTEGRATION, 200, Patch.REQUEST, this::update),
                GatewayOperation.of("DeleteIntegration DELETE " + INTEGRATION, 204, this::delete),
                GatewayOperation.of("PutIntegrationResponse PUT " + response, 201, RESPONSE_MEMBERS, this::putResponse),
                GatewayOperation.of("GetIntegrationResponse GET " + response, 200, this::getResponse),
                GatewayOperation.of(
                        "UpdateIntegrationResponse PATCH " + response, 200, Patch.REQUEST, this::updateResponse),
                GatewayOperation.of("DeleteIntegrationResponse DELETE " + response, 204, this::deleteResponse));
    }

    private static AwsException missing() {
        return GatewayError.NOT_FOUND.saying("Invalid Integration identifier specified");
    }

    private static ObjectNode require(JsonNode tree, GatewayCall call) {
        return Trees.require(Methods.require(tree, call), Integrations::missing, "methodIntegration");
    }

    private JsonNode put(GatewayCall call) {
        call.required("type");
        return apis.change(call, call.label("restapi_id"), tree -> {
            var method = Methods.require(tree, call);
            var integration = document(call.body(), call.label("resource_id"));
            check(integration);
            method.set("methodIntegration", integration);
            return integration;
        });
    }

    /** With what AWS adds to it. */
    static ObjectNode document(ObjectNode given, String resourceId) {
        var integration = given.deepCopy();
        integration.put("type", integration.path("type").asString("").toUpperCase(java.util.Locale.ROOT));
        if (!integration.has("passthroughBehavior")) {
            integration.put("passthroughBehavior", "WHEN_NO_MATCH");
        }
        if (!integration.has("timeoutInMillis")) {
            integration.put("timeoutInMillis", 29_000);
        }
        if (!integration.has("cacheNamespace")) {
            integration.put("cacheNamespace", resourceId);
        }
        if (!integration.has("cacheKeyParameters")) {
            integration.putArray("cacheKeyParameters");
        }
        if (!integration.has("responseTransferMode")) {
            integration.put("responseTransferMode", "BUFFERED");
        }
        return integration;
    }

    /** Refuses what cannot be served. */
    static void check(ObjectNode integration) {
        var type = integration.path("type").asString("");
        switch (type) {
            case "AWS_PROXY" -> {
                if (RestTargets.functionArn(integration.path("uri").asString("")) == null) {
                    throw GatewayError.BAD_REQUEST.saying("Invalid ARN specified in the request");
                }
                if (!integration.path("httpMethod").asString("POST").equals("POST")) {
                    throw GatewayError.BAD_REQUEST.saying("Integrations of functions are called by POST");
                }
            }
            case "HTTP_PROXY" -> {
                if (!integration.path("uri").asString("").matches("https?://.+")) {
                    throw GatewayError.BAD_REQUEST.saying("Invalid HTTP endpoint specified for URI");
                }
            }
            case "MOCK" -> {}
            case "AWS", "HTTP" ->
                throw GatewayError.NOT_IMPLEMENTED.saying("PutIntegration with type " + type
                        + " is not implemented yet: AWS_PROXY, HTTP_PROXY and MOCK are.");
            default -> throw GatewayError.BAD_REQUEST.saying("Invalid integration type: " + type);
        }
        if (integration.path("connectionType").asString("").equals("VPC_LINK")) {
            throw GatewayError.NOT_IMPLEMENTED.saying(
                    "PutIntegration with connectionType VPC_LINK is not implemented yet.");
        }
        if (integration.path("responseTransferMode").asString("").equals("STREAM")) {
            throw GatewayError.NOT_IMPLEMENTED.saying(
                    "PutIntegration with responseTransferMode STREAM is not implemented yet.");
        }
    }

    private JsonNode get(GatewayCall call) {
        return require(apis.require(call, call.label("restapi_id")), call);
    }

    private JsonNode update(GatewayCall call) {
        return apis.change(call, call.label("restapi_id"), tree -> {
            var integration = require(tree, call);
            PATCH.apply(integration, call.body());
            check(integration);
            return integration;
        });
    }

    private @Nullable JsonNode delete(GatewayCall call) {
        apis.change(call, call.label("restapi_id"), tree -> {
            require(tree, call);
            return Methods.require(tree, call).remove("methodIntegration");
        });
        return null;
    }

    private JsonNode putResponse(GatewayCall call) {
        var status = call.label("status_code");
        return apis.change(call, call.label("restapi_id"), tree -> {
            if (!Methods.require(tree, call).path("methodResponses").has(status)) {
                throw Methods.missingResponse();
            }
            var response = GatewayCall.object().put("statusCode", status);
            response.setAll(call.body());
            RestTargets.checkTemplates(response.path("responseTemplates"));
            Trees.child(require(tree, call), "integrationResponses").set(status, response);
            return response;
        });
    }

    private static ObjectNode requireResponse(JsonNode tree, GatewayCall call) {
        return Trees.require(
                require(tree, call), Methods::missingResponse, "integrationResponses", call.label("status_code"));
    }

    private JsonNode getResponse(GatewayCall call) {
        return requireResponse(apis.require(call, call.label("restapi_id")), call);
    }

    private JsonNode updateResponse(GatewayCall call) {
        return apis.change(call, call.label("restapi_id"), tree -> {
            var response = requireResponse(tree, call);
            RESPONSE.apply(response, call.body());
            RestTargets.checkTemplates(response.path("responseTemplates"));
            return response;
        });
    }

    private @Nullable JsonNode deleteResponse(GatewayCall call) {
        apis.change(call, call.label("restapi_id"), tree -> {
            requireResponse(tree, call);
            return Trees.child(require(tree, call), "integrationResponses").remove(call.label("status_code"));
        });
        return null;
    }
}
