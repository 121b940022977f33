package dev.ruststack.emulator.apigateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One OpenAPI document, read into the tree of an API. What is there already stays, but a method that the document has too.
 * AWS: API Gateway Developer Guide, OpenAPI extensions for API Gateway.
 */
final class OpenApi {
    private static final String ANY = "x-amazon-apigateway-any-method";
    private static final String INTEGRATION = "x-amazon-apigateway-integration";
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "options", "head", "patch", ANY);

    /** Members of the document that the API has under other names. */
    private static final Map<String, String> OF_THE_API = Map.of(
            "x-amazon-apigateway-binary-media-types", "binaryMediaTypes",
            "x-amazon-apigateway-minimum-compression-size", "minimumCompressionSize",
            "x-amazon-apigateway-api-key-source", "apiKeySource");

    private final JsonNode document;
    private final ObjectNode tree;

    OpenApi(JsonNode document, ObjectNode tree) {
        this.document = document;
        this.tree = tree;
    }

    void read() {
        var api = Trees.child(tree, "api");
        for (var member : List.of("description", "version")) {
            var value = document.path("info").path(member);
            if (!value.isMissingNode()) {
                api.put(member, value.asString(""));
            }
        }
        OF_THE_API.forEach((theirs, ours) -> {
            if (document.has(theirs)) {
                api.set(ours, document.path(theirs));
            }
        });
        if (document.has("x-amazon-apigateway-policy")) {
            api.put("policy", document.path("x-amazon-apigateway-policy").toString());
        }
        authorizers();
        models();
        ResponseTypes.read(document.path("x-amazon-apigateway-gateway-responses"), tree);
        document.path("paths").properties().forEach(path -> path(path.getKey(), path.getValue()));
    }

    private JsonNode securitySchemes() {
        var schemes = document.path("components").path("securitySchemes");
        return schemes.isMissingNode() ? document.path("securityDefinitions") : schemes;
    }

    private void authorizers() {
        for (var scheme : securitySchemes().properties()) {
            var extension = scheme.getValue().path("x-amazon-apigateway-authorizer");
            if (!extension.isObject()) {
                continue;
            }
            var authorizer = GatewayCall.object()
                    .put("id", authorizerId(scheme.getKey()))
                    .put("name", scheme.getKey());
            authorizer.setAll((ObjectNode) extension);
            authorizer.put("type", extension.path("type").asString("token").toUpperCase(Locale.ROOT));
            authorizer.put(
                    "authType",
                    scheme.getValue().path("x-amazon-apigateway-authtype").asString("custom"));
            if (!authorizer.has("identitySource")) {
                authorizer.put(
                        "identitySource",
                        "method.request.header."
                                + scheme.getValue().path("name").asString("Authorization"));
            }
            Parts.check(authorizer);
            Trees.child(tree, "authorizers").set(authorizer.path("id").asString(), authorizer);
        }
    }

    /** The id of the authorizer that has a name already, or a new one. */
    private String authorizerId(String name) {
        return tree.path("authorizers")
                .valueStream()
                .filter(each -> each.path("name").asString("").equals(name))
                .map(each -> each.path("id").asString(""))
                .findFirst()
                .orElseGet(() -> Trees.newId(6));
    }

    private void models() {
        var schemas = document.path("components").path("schemas");
        var all = schemas.isMissingNode() ? document.path("definitions") : schemas;
        for (var schema : all.properties()) {
            var model = GatewayCall.object()
                    .put("id", Trees.newId(6))
                    .put("name", schema.getKey())
                    .put("contentType", "application/json")
                    .put("schema", schema.getValue().toString());
            Trees.child(tree, "models").set(schema.getKey(), model);
        }
    }

    private void path(String path, JsonNode item) {
        var resource = resource(path);
        for (var method : item.properties()) {
            var name = method.getKey().toLowerCase(Locale.ROOT);
            if (METHODS.contains(name)) {
                var http = name.equals(ANY) ? "ANY" : name.toUpperCase(Locale.ROOT);
                Trees.child(resource, "resourceMethods")
                        .set(
                                http,
                                method(
                                        http,
                                        (ObjectNode) method.getValue(),
                                        resource.path("id").asString("")));
            }
        }
    }

    /** The resource of a path, made with those above it where they are not there. */
    private ObjectNode resource(String path) {
        var id = tree.path("api").path("rootResourceId").asString("");
        for (var part : path.split("/")) {
            if (!part.isEmpty()) {
                id = below(id, part);
            }
        }
        return Resources.require(tree, id);
    }

    private String below(String parentId, String part) {
        for (var resource : tree.path("resources")) {
            if (resource.path("parentId").asString("").equals(parentId)
                    && resource.path("pathPart").asString("").equals(part)) {
                return resource.path("id").asString("");
            }
        }
        return Resources.add(tree, parentId, part).path("id").asString("");
    }

    private ObjectNode method(String http, ObjectNode operation, String resourceId) {
        var given = GatewayCall.object();
        security(operation, given);
        if (operation.has("operationId")) {
            given.put("operationName", operation.path("operationId").asString(""));
        }
        for (var parameter : operation.path("parameters")) {
            var place = parameter.path("in").asString("");
            if (Set.of("query", "header", "path").contains(place)) {
                var name = place.equals("query") ? "querystring" : place;
                Trees.child(given, "requestParameters")
                        .put(
                                "method.request." + name + "."
                                        + parameter.path("name").asString(""),
                                parameter.path("required").asBoolean(false));
            }
        }
        var method = Methods.document(http, given);
        responses(operation, method);
        if (operation.path(INTEGRATION).isObject()) {
            var integration = integration((ObjectNode) operation.path(INTEGRATION), http, resourceId);
            Integrations.check(integration);
            method.set("methodIntegration", integration);
        }
        return method;
    }

    /** The first scheme that says who calls, and a key beside it. */
    private void security(ObjectNode operation, ObjectNode method) {
        method.put("authorizationType", "NONE");
        var security = operation.has("security") ? operation.path("security") : document.path("security");
        var names = new ArrayList<String>();
        security.forEach(requirement -> names.addAll(requirement.propertyNames()));
        for (var name : names) {
            var scheme = securitySchemes().path(name);
            var type = scheme.path("x-amazon-apigateway-authtype").asString("");
            var authorizer = authorizer(name);
            if (type.equalsIgnoreCase("awsSigv4")) {
                method.put("authorizationType", "AWS_IAM");
            } else if (authorizer != null) {
                method.put("authorizationType", "CUSTOM").put("authorizerId", authorizer);
            } else if (scheme.path("type").asString("").equals("apiKey")
                    && scheme.path("name").asString("").equalsIgnoreCase("x-api-key")) {
                method.put("apiKeyRequired", true);
            }
        }
    }

    private @Nullable String authorizer(String name) {
        return tree.path("authorizers")
                .valueStream()
                .filter(each -> each.path("name").asString("").equals(name))
                .map(each -> each.path("id").asString(""))
                .findFirst()
                .orElse(null);
    }

    private static void responses(ObjectNode operation, ObjectNode method) {
        for (var response : operation.path("responses").properties()) {
            if (!response.getKey().matches("\\d{3}")) {
                continue;
            }
            var document = Trees.child(Trees.child(method, "methodResponses"), response.getKey());
            document.put("statusCode", response.getKey());
            for (var header : response.getValue().path("headers").propertyNames()) {
                Trees.child(document, "responseParameters").put("method.response.header." + header, false);
            }
        }
    }

    private static ObjectNode integration(ObjectNode extension, String http, String resourceId) {
        var given = extension.deepCopy().without("responses");
        if (!given.has("httpMethod") && given.path("type").asString("").equalsIgnoreCase("http_proxy")) {
            given.put("httpMethod", http);
        }
        var integration = Integrations.document(given, resourceId);
        for (var response : extension.path("responses").properties()) {
            var document = GatewayCall.object();
            var status = response.getValue().path("statusCode").asString("200");
            if (!response.getKey().equals("default")) {
                document.put("selectionPattern", response.getKey());
            }
            document.setAll((ObjectNode) response.getValue());
            document.put("statusCode", status);
            RestTargets.checkTemplates(document.path("responseTemplates"));
            Trees.child(integration, "integrationResponses").set(status, document);
        }
        return integration;
    }
}
