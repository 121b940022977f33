package dev.ruststack.emulator.apigateway;

import dev.ruststack.emulator.httpfront.Target;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Integrations as they are served. */
final class RestTargets {
    private static final Pattern FUNCTION = Pattern.compile(
            "arn:aws[a-z-]*:apigateway:[^:]*:lambda:path/[0-9-]+/functions/(.+)/(response-streaming-)?invocations");
    private static final Pattern PLAIN_ARN = Pattern.compile("arn:aws[a-z-]*:lambda:[^:]+:[^:]+:function:.+");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{stageVariables\\.([a-zA-Z0-9_]+)}");
    private static final Pattern STATUS = Pattern.compile("\"?statusCode\"?\\s*:\\s*\"?(\\d{3})");

    private RestTargets() {}

    /** The ARN of the function that an integration's URI names; null where it names none. */
    static @Nullable String functionArn(String uri) {
        var function = FUNCTION.matcher(uri);
        if (function.matches()) {
            return function.group(1);
        }
        return PLAIN_ARN.matcher(uri).matches() ? uri : null;
    }

    /** A text with the variables of a stage in their places. */
    static String resolved(String text, Map<String, String> variables) {
        return VARIABLE.matcher(text)
                .replaceAll(
                        found -> java.util.regex.Matcher.quoteReplacement(variables.getOrDefault(found.group(1), "")));
    }

    /** Templates are sent as they are: what would have to be worked out is refused. */
    static void checkTemplates(JsonNode templates) {
        for (var template : templates) {
            var text = template.asString("");
            if (text.contains("$") || text.contains("#set") || text.contains("#if") || text.contains("#foreach")) {
                throw GatewayError.NOT_IMPLEMENTED.saying(
                        "PutIntegrationResponse with a template that is not plain text is not implemented yet.");
            }
        }
    }

    static Target of(JsonNode integration, Map<String, String> variables) {
        var timeout = Duration.ofMillis(integration.path("timeoutInMillis").asLong(29_000));
        var uri = resolved(integration.path("uri").asString(""), variables);
        return switch (integration.path("type").asString("")) {
            case "AWS_PROXY" -> {
                var arn = functionArn(uri);
                yield new Target.Function(arn == null ? uri : arn, Target.Format.V1, timeout);
            }
            case "HTTP_PROXY" ->
                new Target.Server(
                        integration.path("httpMethod").asString("ANY"), parameters(uri, integration), timeout);
            default -> mock(integration);
        };
    }

    /** The parameters of a URI under the names that the method's path has for them. */
    private static String parameters(String uri, JsonNode integration) {
        var named = uri;
        for (var mapping : integration.path("requestParameters").properties()) {
            var to = mapping.getKey().replaceFirst("^integration\\.request\\.path\\.", "");
            var from = mapping.getValue().asString("").replaceFirst("^method\\.request\\.path\\.", "");
            named = named.replace("{" + to + "}", "{" + from + "}");
        }
        return named;
    }

    private static Target mock(JsonNode integration) {
        var asked = "200";
        for (var template : integration.path("requestTemplates")) {
            var status = STATUS.matcher(template.asString(""));
            asked = status.find() ? status.group(1) : asked;
        }
        JsonNode chosen = null;
        for (var response : integration.path("integrationResponses")) {
            var pattern = response.path("selectionPattern").asString("");
            if (!pattern.isEmpty() && asked.matches(pattern)) {
                chosen = response;
            } else if (chosen == null && pattern.isEmpty()) {
                chosen = response;
            }
        }
        return chosen == null
                ? new Target.Fixed(500, Map.of(), "{\"message\": \"Internal server error\"}")
                : fixed(chosen);
    }

    private static Target fixed(JsonNode response) {
        var headers = new LinkedHashMap<String, String>();
        for (var parameter : response.path("responseParameters").properties()) {
            var value = parameter.getValue().asString("");
            if (parameter.getKey().startsWith("method.response.header.") && value.matches("(?s)'.*'")) {
                headers.put(
                        parameter.getKey().substring("method.response.header.".length()),
                        value.substring(1, value.length() - 1));
            }
        }
        var body = "";
        for (var template : response.path("responseTemplates").properties()) {
            body = template.getValue().asString("");
            headers.putIfAbsent("Content-Type", template.getKey());
        }
        return new Target.Fixed(Integer.parseInt(response.path("statusCode").asString("200")), headers, body);
    }
}
