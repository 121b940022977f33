package dev.ruststack.emulator.httpfront;

import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.Response;
import java.io.Serial;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a function returned for HTTP. API Gateway takes an object of these five members only, of which none must be
 * there, and scalars where it wants text; everything else is malformed. AWS: API Gateway Developer Guide, Output format of
 * a Lambda function for proxy integration.
 *
 * @param headers by name; each value apart
 */
record ProxyResult(int statusCode, Map<String, List<String>> headers, String body, boolean isBase64Encoded) {
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .build();

    private static final Set<String> MEMBERS =
            Set.of("statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded");

    /** What the server sets by itself. */
    private static final Set<String> DROPPED = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "keep-alive",
            "proxy-authenticate",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    /** What API Gateway lets through under another name. AWS: Amazon API Gateway important notes. */
    private static final Set<String> REMAPPED =
            Set.of("authorization", "content-md5", "date", "max-forwards", "server", "user-agent", "www-authenticate");

    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern VALUE = Pattern.compile("[\\P{Cntrl}\t]*");

    /** A result that is none; the message says why, for the log. */
    static final class MalformedException extends Exception {
        @Serial
        private static final long serialVersionUID = 1;

        MalformedException(String message) {
            super(message);
        }
    }

    static ProxyResult parse(byte[] json) throws MalformedException {
        var result = read(json);
        if (!result.isObject()) {
            throw new MalformedException("the result is not an object");
        }
        for (var name : result.propertyNames()) {
            if (!MEMBERS.contains(name)) {
                throw new MalformedException("the result has the unknown member " + name);
            }
        }
        return new ProxyResult(
                statusCode(result.path("statusCode")),
                headers(result),
                absent(result.path("body")) ? "" : text("body", result.path("body")),
                flag(result.path("isBase64Encoded")));
    }

    static JsonNode read(byte[] json) throws MalformedException {
        try {
            return MAPPER.readTree(json);
        } catch (JacksonException e) {
            throw new MalformedException("the result is not JSON: " + e.getOriginalMessage());
        }
    }

    static int statusCode(JsonNode node) throws MalformedException {
        if (absent(node)) {
            return 200;
        }
        var text = text("statusCode", node).strip();
        if (!text.matches("[2-5][0-9][0-9](\\.0+)?")) {
            throw new MalformedException("statusCode is " + text);
        }
        return Integer.parseInt(text.substring(0, 3));
    }

    static boolean flag(JsonNode node) throws MalformedException {
        if (absent(node)) {
            return false;
        }
        return switch (text("isBase64Encoded", node).toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new MalformedException("isBase64Encoded is neither true nor false");
        };
    }

    /** Several values of a header win over the one, unless it is another. */
    private static Map<String, List<String>> headers(JsonNode result) throws MalformedException {
        var headers = new LinkedHashMap<String, List<String>>();
        for (var many : object("multiValueHeaders", result).properties()) {
            if (!many.getValue().isArray()) {
                throw new MalformedException("multiValueHeaders." + many.getKey() + " is not a list");
            }
            for (var value : many.getValue()) {
                put(headers, many.getKey(), value);
            }
        }
        for (var one : object("headers", result).properties()) {
            if (!absent(one.getValue())) {
                put(headers, one.getKey(), one.getValue());
            }
        }
        return headers;
    }

    static JsonNode object(String name, JsonNode result) throws MalformedException {
        var node = result.path(name);
        if (!absent(node) && !node.isObject()) {
            throw new MalformedException(name + " is not an object");
        }
        return node;
    }

    static void put(Map<String, List<String>> headers, String name, JsonNode node) throws MalformedException {
        var value = text("the header " + name, node);
        if (!NAME.matcher(name).matches() || !VALUE.matcher(value).matches()) {
            throw new MalformedException("the header " + name + " has characters that HTTP does not allow");
        }
        var spelling = headers.keySet().stream()
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .orElse(name);
        var values = headers.computeIfAbsent(spelling, key -> new ArrayList<>(1));
        if (!values.contains(value)) {
            values.add(value);
        }
    }

    static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static String text(String name, JsonNode node) throws MalformedException {
        if (!node.isValueNode()) {
            throw new MalformedException(name + " is not text");
        }
        return node.asString();
    }

    /** The response; {@code decode} where a body in base64 is to be decoded. */
    Response response(boolean decode) throws MalformedException {
        var fields = Headers.builder();
        headers.forEach((name, values) -> {
            var lower = name.toLowerCase(Locale.ROOT);
            if (!DROPPED.contains(lower)) {
                values.forEach(value -> fields.add(REMAPPED.contains(lower) ? "x-amzn-Remapped-" + name : name, value));
            }
        });
        if (!fields.has("Content-Type")) {
            fields.set("Content-Type", "application/json");
        }
        return new Response(statusCode, fields.build(), decode && isBase64Encoded ? decoded() : Body.of(body));
    }

    private Body decoded() throws MalformedException {
        try {
            return Body.of(Base64.getDecoder().decode(body.replaceAll("[\r\n]", "")));
        } catch (IllegalArgumentException e) {
            throw new MalformedException("the body is not base64: " + e.getMessage());
        }
    }
}
