package dev.ruststack.emulator.apigateway;

import dev.ruststack.emulator.apigateway.Patch.Kind;
import dev.ruststack.emulator.aws.AwsException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The methods of resources, and what they declare of their answers. AWS: API Gateway API Reference, Method. */
final class Methods {
    private static final String METHOD = "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}";
    private static final List<String> ALLOWED =
            List.of("ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT");

    private static final Set<String> MEMBERS = Set.of(
            "authorizationType",
            "authorizerId",
            "apiKeyRequired",
            "operationName",
            "requestParameters",
            "requestModels",
            "requestValidatorId",
            "authorizationScopes");

    private static final Patch PATCH = new Patch(Map.of(
            "authorizationType", Kind.TEXT,
            "authorizerId", Kind.TEXT,
            "apiKeyRequired", Kind.BOOLEAN,
            "operationName", Kind.TEXT,
            "requestParameters", Kind.BOOLEANS,
            "requestModels", Kind.TEXTS,
            "requestValidatorId", Kind.TEXT,
            "authorizationScopes", Kind.LIST));

    private static final Patch RESPONSE =
            new Patch(Map.of("responseParameters", Kind.BOOLEANS, "responseModels", Kind.TEXTS));

    private final Trees apis;

    Methods(Trees apis) {
        this.apis = apis;
    }

    List<GatewayOperation> operations() {
        var response = METHOD + "/responses/{status_code}";
        return List.of(
                GatewayOperation.of("PutMethod PUT " + METHOD, 201, MEMBERS, this::put),
                GatewayOperation.of("GetMethod GET " + METHOD, 200, this::get),
                GatewayOperation.of("UpdateMethod PATCH " + METHOD, 200, Patch.REQUEST, this::update),
                GatewayOperation.of("DeleteMethod DELETE " + METHOD, 204, this::delete),
                GatewayOperation.of(
                        "PutMethodResponse PUT " + response,
                        201,
                        Set.of("responseParameters", "responseModels"),
                        this::putResponse),
                GatewayOperation.of("GetMethodResponse GET " + response, 200, this::getResponse),
                GatewayOperation.of("UpdateMethodResponse PATCH " + response, 201, Patch.REQUEST, this::updateResponse),
                GatewayOperation.of("DeleteMethodResponse DELETE " + response, 204, this::deleteResponse));
    }

    private static AwsException missing() {
        return GatewayError.NOT_FOUND.saying("Invalid Method identifier specified");
    }

    static AwsException missingResponse() {
        return GatewayError.NOT_FOUND.saying("Invalid Response status code specified");
    }

    /** The method that a call is about. */
    static ObjectNode require(JsonNode tree, GatewayCall call) {
        return Trees.require(
                Resources.require(tree, call.label("resource_id")),
                Methods::missing,
                "resourceMethods",
                call.label("http_method"));
    }

    private JsonNode put(GatewayCall call) {
        var name = call.label("http_method");
        if (call.required("authorizationType").equals("COGNITO_USER_POOLS")) {
            throw GatewayError.NOT_IMPLEMENTED.saying(
                    "PutMethod with authorizationType COGNITO_USER_POOLS is not implemented yet.");
        }
        if (!ALLOWED.contains(name)) {
            throw GatewayError.BAD_REQUEST.saying(
                    "Invalid HttpMethod specified. Valid options are " + String.join(",", ALLOWED));
        }
        return apis.change(call, call.label("restapi_id"), tree -> {
            var methods = Trees.child(Resources.require(tree, call.label("resource_id")), "resourceMethods");
            if (methods.has(name)) {
                throw GatewayError.CONFLICT.saying("Method already exists for this resource");
            }
            var method = document(name, call.body());
            methods.set(name, method);
            return method;
        });
    }

    static ObjectNode document(String name, ObjectNode given) {
        var method = GatewayCall.object().put("httpMethod", name);
        method.setAll(given);
        if (!method.has("apiKeyRequired")) {
            method.put("apiKeyRequired", false);
        }
        return method;
    }

    private JsonNode get(GatewayCall call) {
        return require(apis.require(call, call.label("restapi_id")), call);
    }

    private JsonNode update(GatewayCall call) {
        return apis.change(call, call.label("restapi_id"), tree -> {
            var method = require(tree, call);
            PATCH.apply(method, call.body());
            return method;
        });
    }

    private @org.jspecify.annotations.Nullable JsonNode delete(GatewayCall call) {
        apis.change(call, call.label("restapi_id"), tree -> {
            require(tree, call);
            var resource = Resources.require(tree, call.label("resource_id"));
            var methods = Trees.child(resource, "resourceMethods");
            methods.remove(call.label("http_method"));
            if (methods.isEmpty()) {
                resource.remove("resourceMethods");
            }
            return resource;
        });
        return null;
    }

    private JsonNode putResponse(GatewayCall call) {
        var status = call.label("status_code");
        if (!status.matches("[1-5]\\d\\d")) {
            throw GatewayError.BAD_REQUEST.saying("Invalid status code specified");
        }
        return apis.change(call, call.label("restapi_id"), tree -> {
            var responses = Trees.child(require(tree, call), "methodResponses");
            if (responses.has(status)) {
                throw GatewayError.CONFLICT.saying("Response already exists for this resource");
            }
            var response = GatewayCall.object().put("statusCode", status);
            response.setAll(call.body());
            responses.set(status, response);
            return response;
        });
    }

    private static ObjectNode requireResponse(JsonNode tree, GatewayCall call) {
        return Trees.require(
                require(tree, call), Methods::missingResponse, "methodResponses", call.label("status_code"));
    }

    private JsonNode getResponse(GatewayCall call) {
        return requireResponse(apis.require(call, call.label("restapi_id")), call);
    }

    private JsonNode updateResponse(GatewayCall call) {
        return apis.change(call, call.label("restapi_id"), tree -> {
            var response = requireResponse(tree, call);
            RESPONSE.apply(response, call.body());
            return response;
        });
    }

    private @org.jspecify.annotations.Nullable JsonNode deleteResponse(GatewayCall call) {
        apis.change(call, call.label("restapi_id"), tree -> {
            requireResponse(tree, call);
            return Trees.child(require(tree, call), "methodResponses").remove(call.label("status_code"));
        });
        return null;
    }
}
