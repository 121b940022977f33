package dev.ruststack.emulator.httpfront;

import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.Response;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a REST API answers for itself in the place of the gateway's own answers. AWS: API Gateway Developer Guide, Gateway
 * responses in API Gateway.
 *
 * @param api the id of the API
 * @param byType what was set, by response type; {@code DEFAULT_4XX} and {@code DEFAULT_5XX} stand for all that were not
 */
public record GatewayResponses(String api, Api.Stage stage, Map<String, Custom> byType) {
    private static final String NAME = "((?:context|stageVariables|method)\\.[a-zA-Z0-9_.-]*[a-zA-Z0-9_-])";
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{" + NAME + "}|" + NAME + ")");
    private static final String JSON = "application/json";

    public GatewayResponses {
        byType = Map.copyOf(byType);
    }

    /**
     * One response as it was set.
     *
     * @param status null for the usual one
     * @param headers by name: a text in single quotes, or where a value is taken from
     * @param templates by media type: texts with {@code $context} variables; there is no template language
     */
    public record Custom(@Nullable Integer status, Map<String, String> headers, Map<String, String> templates) {
        public Custom {
            headers = Map.copyOf(headers);
            templates = Map.copyOf(templates);
        }
    }

    /** An API that leaves everything as it is. */
    static GatewayResponses none(String api, Api.Stage stage) {
        return new GatewayResponses(api, stage, Map.of());
    }

    /** The answer of a type, with {@code message} as its text; {@code usual} is what it is without. */
    Response answer(String type, @Nullable String message, Response usual, Incoming incoming) {
        var custom = byType.get(type);
        if (custom == null) {
            custom = byType.get(usual.status() < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX");
        }
        if (custom == null) {
            return usual;
        }
        var variables = new Variables(type, message, incoming);
        int status = custom.status() == null ? usual.status() : custom.status();
        var headers = usual.headers().toBuilder();
        var template = template(custom, incoming.request().headers().first("Accept", JSON), headers);
        custom.headers().forEach((name, source) -> headers.set(name, variables.header(source)));
        var body = template == null ? usual.body() : Body.of(variables.filledIn(template));
        return new Response(status, headers.build(), body);
    }

    /** The template of the type that the client wants, or of JSON; null where there is none. */
    private static @Nullable String template(Custom custom, String accept, Headers.Builder headers) {
        var type = custom.templates().containsKey(accept) ? accept : JSON;
        var template = custom.templates().get(type);
        if (template != null) {
            headers.set("Content-Type", type);
        }
        return template;
    }

    /** What stands in the places of variables. */
    private final class Variables {
        private final String type;
        private final @Nullable String message;
        private final Incoming incoming;

        Variables(String type, @Nullable String message, Incoming incoming) {
            this.type = type;
            this.message = message;
            this.incoming = incoming;
        }

        String header(String source) {
            return source.length() > 1 && source.startsWith("'") && source.endsWith("'")
                    ? source.substring(1, source.length() - 1)
                    : value(source);
        }

        String filledIn(String template) {
            return VARIABLE.matcher(template)
                    .replaceAll(found ->
                            Matcher.quoteReplacement(value(found.group(1) == null ? found.group(2) : found.group(1))));
        }

        private String value(String name) {
            var last = name.substring(name.lastIndexOf('.') + 1);
            var request = incoming.request();
            var value = switch (name) {
                case "context.error.message" -> message == null ? "" : message;
                case "context.error.messageString" -> JsonMapper.shared().writeValueAsString(message);
                case "context.error.responseType" -> type;
                case "context.requestId" -> incoming.requestId();
                case "context.apiId" -> api;
                case "context.stage" -> stage.name();
                case "context.httpMethod" -> request.method();
                case "context.path" -> "/" + stage.name() + request.rawPath();
                case "context.domainName" -> incoming.domain();
                case "context.identity.sourceIp" -> incoming.sourceIp();
                case "context.identity.userAgent" -> incoming.userAgent();
                default ->
                    name.startsWith("stageVariables.")
                            ? stage.variables().get(last)
                            : name.startsWith("method.request.header.")
                                    ? request.headers().first(last)
                                    : name.startsWith("method.request.querystring.")
                                            ? request.query().first(last)
                                            : "";
            };
            return value == null ? "" : value;
        }
    }
}
