package dev.ruststack.emulator.apigateway;

import dev.ruststack.emulator.apigateway.Patch.Kind;
import dev.ruststack.emulator.httpfront.GatewayResponses;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gateway responses: what an API answers where the gateway refuses a request or fails. AWS: API Gateway API Reference,
 * GatewayResponse; API Gateway Developer Guide, Gateway response types.
 */
final class ResponseTypes {
    private static final String PART = "gatewayResponses";
    private static final String PARAMETERS = "responseParameters";
    private static final String TEMPLATES = "responseTemplates";
    private static final String STATUS = "statusCode";
    private static final String HEADER = "gatewayresponse.header.";
    private static final Set<String> MEMBERS = Set.of(STATUS, PARAMETERS, TEMPLATES);
    private static final Patch PATCH =
            new Patch(Map.of(STATUS, Kind.TEXT, PARAMETERS, Kind.TEXTS, TEMPLATES, Kind.TEXTS));

    /** The usual status of each type; those that stand for others have none. */
    private static final Map<String, String> TYPES = new LinkedHashMap<>();

    static {
        TYPES.put("ACCESS_DENIED", "403");
        TYPES.put("API_CONFIGURATION_ERROR", "500");
        TYPES.put("AUTHORIZER_CONFIGURATION_ERROR", "500");
        TYPES.put("AUTHORIZER_FAILURE", "500");
        TYPES.put("BAD_REQUEST_BODY", "400");
        TYPES.put("BAD_REQUEST_PARAMETERS", "400");
        TYPES.put("DEFAULT_4XX", "");
        TYPES.put("DEFAULT_5XX", "");
        TYPES.put("EXPIRED_TOKEN", "403");
        TYPES.put("INTEGRATION_FAILURE", "504");
        TYPES.put("INTEGRATION_TIMEOUT", "504");
        TYPES.put("INVALID_API_KEY", "403");
        TYPES.put("INVALID_SIGNATURE", "403");
        TYPES.put("MISSING_AUTHENTICATION_TOKEN", "403");
        TYPES.put("QUOTA_EXCEEDED", "429");
        TYPES.put("REQUEST_TOO_LARGE", "413");
        TYPES.put("RESOURCE_NOT_FOUND", "404");
        TYPES.put("THROTTLED", "429");
        TYPES.put("UNAUTHORIZED", "401");
        TYPES.put("UNSUPPORTED_MEDIA_TYPE", "415");
        TYPES.put("WAF_FILTERED", "403");
    }

    private final Trees apis;

    ResponseTypes(Trees apis) {
        this.apis = apis;
    }

    List<GatewayOperation> operations() {
        var all = "/restapis/{restapi_id}/gatewayresponses";
        var one = all + "/{response_type}";
        return List.of(
                GatewayOperation.of("DeleteGatewayResponse DELETE " + one, 202, this::delete),
                GatewayOperation.of("GetGatewayResponse GET " + one, 200, this::get),
                GatewayOperation.of("GetGatewayResponses GET " + all, 200, this::list),
                GatewayOperation.of("PutGatewayResponse PUT " + one, 201, MEMBERS, this::put),
                GatewayOperation.of("UpdateGatewayResponse PATCH " + one, 200, Patch.REQUEST, this::update));
    }

    /** The responses that a document sets, in the place of those that an API has of the same types. */
    static void read(JsonNode extension, ObjectNode tree) {
        for (var response : extension.properties()) {
            var given = GatewayCall.object();
            MEMBERS.stream()
                    .filter(response.getValue()::has)
                    .forEach(member -> given.set(member, response.getValue().path(member)));
            set(tree, known(response.getKey()), given);
        }
    }

    /** The responses as they are served. */
    static Map<String, GatewayResponses.Custom> served(JsonNode snapshot) {
        return snapshot.path(PART).properties().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> custom(entry.getValue())));
    }

    private static GatewayResponses.Custom custom(JsonNode document) {
        var status = document.path(STATUS).asString("");
        var headers = new LinkedHashMap<String, String>();
        RestStages.texts(document.path(PARAMETERS))
                .forEach((name, source) -> headers.put(name.substring(HEADER.length()), source));
        return new GatewayResponses.Custom(
                status.isEmpty() ? null : Integer.valueOf(status), headers, RestStages.texts(document.path(TEMPLATES)));
    }

    private static String known(String type) {
        if (!TYPES.containsKey(type)) {
            throw GatewayError.BAD_REQUEST.saying("1 validation error detected: Value '" + type
                    + "' at 'responseType' failed to satisfy constraint: Member must satisfy enum value set: ["
                    + String.join(", ", TYPES.keySet()) + "]");
        }
        return type;
    }

    private static String type(GatewayCall call) {
        return known(call.label("response_type"));
    }

    private static ObjectNode set(ObjectNode tree, String type, ObjectNode given) {
        check(given);
        var document = usual(type).put("defaultResponse", false);
        document.setAll(given);
        Trees.child(tree, PART).set(type, document);
        return document;
    }

    private static void check(JsonNode given) {
        var status = given.path(STATUS).asString("");
        if (!status.isEmpty() && !status.matches("[1-5][0-9][0-9]")) {
            throw GatewayError.BAD_REQUEST.saying("Invalid status code: " + status);
        }
        for (var name : given.path(PARAMETERS).propertyNames()) {
            if (!name.startsWith(HEADER)) {
                throw GatewayError.BAD_REQUEST.saying("Invalid parameter: " + name
                        + " is no header of a gateway response, which begins with " + HEADER);
            }
        }
    }

    /** What a type is where nothing was set. */
    private static ObjectNode usual(String type) {
        var document = GatewayCall.object().put("responseType", type);
        var status = TYPES.getOrDefault(type, "");
        if (!status.isEmpty()) {
            document.put(STATUS, status);
        }
        document.putObject(PARAMETERS);
        document.putObject(TEMPLATES).put("application/json", "{\"message\":$context.error.messageString}");
        return document.put("defaultResponse", true);
    }

    private static ObjectNode shown(JsonNode tree, String type) {
        return tree.path(PART).get(type) instanceof ObjectNode there ? there : usual(type);
    }

    private JsonNode get(GatewayCall call) {
        return shown(apis.require(call, call.label("restapi_id")), type(call));
    }

    private JsonNode list(GatewayCall call) {
        var tree = apis.require(call, call.label("restapi_id"));
        return GatewayCall.items(
                "item", TYPES.keySet().stream().map(type -> shown(tree, type)).toList());
    }

    private JsonNode put(GatewayCall call) {
        var type = type(call);
        return apis.change(call, call.label("restapi_id"), tree -> set(tree, type, call.body()));
    }

    private JsonNode update(GatewayCall call) {
        var type = type(call);
        return apis.change(call, call.label("restapi_id"), tree -> {
            var document = shown(tree, type).deepCopy();
            PATCH.apply(document, call.body());
            return set(tree, type, document.without(List.of("responseType", "defaultResponse")));
        });
    }

    private JsonNode delete(GatewayCall call) {
        var type = type(call);
        return apis.change(call, call.label("restapi_id"), tree -> {
            if (!tree.path(PART).has(type)) {
                throw GatewayError.NOT_FOUND.saying("Gateway response type not defined on api");
            }
            Trees.child(tree, PART).remove(type);
            return GatewayCall.object();
        });
    }
}
