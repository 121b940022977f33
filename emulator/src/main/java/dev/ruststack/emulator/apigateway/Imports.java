package dev.ruststack.emulator.apigateway;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * REST APIs from OpenAPI 3 and Swagger 2, in JSON or YAML, with AWS's extensions. AWS: API Gateway Developer Guide, Develop
 * REST APIs using OpenAPI.
 */
final class Imports {
    private final Trees apis;
    private final Clock clock;

    Imports(Trees apis, Clock clock) {
        this.apis = apis;
        this.clock = clock;
    }

    List<GatewayOperation> operations() {
        return List.of(
                GatewayOperation.of("ImportRestApi POST /restapis?mode=import", 201, this::create),
                GatewayOperation.of("PutRestApi PUT /restapis/{restapi_id}", 200, this::put));
    }

    private JsonNode create(GatewayCall call) {
        var document = document(call.raw());
        var title = document.path("info").path("title").asString("");
        var api = GatewayCall.object().put("name", title.isEmpty() ? "Untitled" : title);
        var types = call.query("endpointConfigurationTypes");
        if (types != null) {
            Arrays.stream(types.split(","))
                    .forEach(Trees.child(api, "endpointConfiguration").putArray("types")::add);
        }
        var tree = RestApis.newTree(call, api, clock);
        new OpenApi(document, tree).read();
        apis.put(call, tree.path("api").path("id").asString(), tree);
        return tree.path("api");
    }

    private JsonNode put(GatewayCall call) {
        var document = document(call.raw());
        var merge = !"overwrite".equals(call.query("mode"));
        return apis.change(call, call.label("restapi_id"), tree -> {
            if (!merge) {
                overwrite(tree, document);
            }
            new OpenApi(document, tree).read();
            return tree.path("api");
        });
    }

    /** What the document does not say is gone, but not the id, the stages and what they serve. */
    private static void overwrite(ObjectNode tree, JsonNode document) {
        var api = Trees.child(tree, "api");
        var root = api.path("rootResourceId").asString("");
        var title = document.path("info").path("title").asString("");
        if (!title.isEmpty()) {
            api.put("name", title);
        }
        List.of("description", "version", "binaryMediaTypes", "minimumCompressionSize", "policy")
                .forEach(api::remove);
        List.of("authorizers", "models", "requestValidators", "gatewayResponses")
                .forEach(tree::remove);
        tree.putObject("resources").set(root, Resources.document(root, null, "", "/"));
    }

    /** A document in JSON or YAML, which JSON is part of. */
    static ObjectNode document(byte[] body) {
        var text = new String(body, StandardCharsets.UTF_8);
        if (parsed(text) instanceof ObjectNode object && (object.has("swagger") || object.has("openapi"))) {
            return object;
        }
        throw GatewayError.BAD_REQUEST.saying("Invalid OpenAPI input.");
    }

    private static @Nullable JsonNode parsed(String text) {
        try {
            if (text.stripLeading().startsWith("{")) {
                return JsonMapper.shared().readTree(text);
            }
            return JsonMapper.shared()
                    .valueToTree(new Load(LoadSettings.builder().build()).loadFromString(text));
        } catch (JacksonException | YamlEngineException e) {
            throw GatewayError.BAD_REQUEST.saying("Invalid OpenAPI input: " + e.getMessage());
        }
    }
}
