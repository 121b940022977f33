package dev.ruststack.emulator.apigateway;

import dev.ruststack.emulator.apigateway.Patch.Kind;
import dev.ruststack.emulator.aws.AwsException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What else belongs to a REST API and is made, read, changed and deleted alike. AWS: API Gateway API Reference, Authorizer;
 * Model; RequestValidator.
 *
 * @param part where it is in the API's tree, and in paths in lower case
 * @param label the label of paths
 * @param key the member that is its id within the API; {@code id} is given
 * @param members what it may have, and what of it can be changed how
 */
record Parts(Trees apis, String singular, String part, String label, String key, Map<String, Kind> members) {
    static List<GatewayOperation> operations(Trees apis) {
        var authorizers = new Parts(
                apis,
                "Authorizer",
                "authorizers",
                "authorizer_id",
                "id",
                Map.of(
                        "name", Kind.TEXT,
                        "type", Kind.TEXT,
                        "providerARNs", Kind.LIST,
                        "authType", Kind.TEXT,
                        "authorizerUri", Kind.TEXT,
                        "authorizerCredentials", Kind.TEXT,
                        "identitySource", Kind.TEXT,
                        "identityValidationExpression", Kind.TEXT,
                        "authorizerResultTtlInSeconds", Kind.NUMBER));
        var models = new Parts(
                apis,
                "Model",
                "models",
                "model_name",
                "name",
                Map.of("name", Kind.TEXT, "description", Kind.TEXT, "schema", Kind.TEXT, "contentType", Kind.TEXT));
        var validators = new Parts(
                apis,
                "RequestValidator",
                "requestValidators",
                "requestvalidator_id",
                "id",
                Map.of(
                        "name", Kind.TEXT,
                        "validateRequestBody", Kind.BOOLEAN,
                        "validateRequestParameters", Kind.BOOLEAN));
        return java.util.stream.Stream.of(authorizers, models, validators)
                .flatMap(parts -> parts.operations().stream())
                .toList();
    }

    private List<GatewayOperation> operations() {
        var all = "/restapis/{restapi_id}/" + part.toLowerCase(java.util.Locale.ROOT);
        var one = all + "/{" + label + "}";
        return List.of(
                GatewayOperation.of("Create" + singular + " POST " + all, 201, members.keySet(), this::create),
                GatewayOperation.of("Delete" + singular + " DELETE " + one, 202, this::delete),
                GatewayOperation.of("Get" + singular + " GET " + one, 200, this::get),
                GatewayOperation.of("Get" + singular + "s GET " + all, 200, this::list),
                GatewayOperation.of("Update" + singular + " PATCH " + one, 200, Patch.REQUEST, this::update));
    }

    private AwsException missing() {
        return GatewayError.NOT_FOUND.saying("Invalid " + singular + " identifier specified");
    }

    private JsonNode create(GatewayCall call) {
        call.required("name");
        check(call.body());
        return apis.change(call, call.label("restapi_id"), tree -> {
            var document = GatewayCall.object().put("id", Trees.newId(6));
            document.setAll(call.body());
            var id = document.path(key).asString("");
            var there = Trees.child(tree, part);
            if (there.has(id)) {
                throw GatewayError.CONFLICT.saying(singular + " name already exists for this REST API");
            }
            there.set(id, document);
            return document;
        });
    }

    /** Users of Cognito are not known here. */
    static void check(ObjectNode document) {
        if (document.path("type").asString("").equals("COGNITO_USER_POOLS")) {
            throw GatewayError.NOT_IMPLEMENTED.saying(
                    "CreateAuthorizer with type COGNITO_USER_POOLS is not implemented yet.");
        }
    }

    private JsonNode get(GatewayCall call) {
        return require(apis.require(call, call.label("restapi_id")), call);
    }

    private ObjectNode require(JsonNode tree, GatewayCall call) {
        return Trees.require(tree, this::missing, part, call.label(label));
    }

    private JsonNode list(GatewayCall call) {
        var all = apis.require(call, call.label("restapi_id"))
                .path(part)
                .valueStream()
                .sorted(Comparator.comparing(each -> each.path(key).asString("")))
                .toList();
        return Pages.of(call, all, each -> each.path(key).asString(""));
    }

    private JsonNode update(GatewayCall call) {
        return apis.change(call, call.label("restapi_id"), tree -> {
            var document = require(tree, call);
            new Patch(members).apply(document, call.body());
            return document;
        });
    }

    private JsonNode delete(GatewayCall call) {
        return apis.change(call, call.label("restapi_id"), tree -> {
            require(tree, call);
            Trees.child(tree, part).remove(call.label(label));
            return GatewayCall.object();
        });
    }
}
