package dev.ruststack.emulator.httpfront;

import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.Response;
import dev.ruststack.emulator.httpfront.ProxyResult.MalformedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What a function returned for HTTP in format 2.0: a response where it has a {@code statusCode}, else a document of its
 * own. AWS: API Gateway Developer Guide, Lambda function response for format 2.0; Lambda Developer Guide, Response
 * payload format of function URLs.
 */
final class ProxyResultV2 {
    private ProxyResultV2() {}

    /** The response; {@code defaultType} is what it is where the function does not say. */
    static Response response(byte[] json, String defaultType) throws MalformedException {
        var result = ProxyResult.read(json);
        if (!result.isObject() || ProxyResult.absent(result.path("statusCode"))) {
            return Response.of(200, "application/json", Body.of(json));
        }
        var proxied = new ProxyResult(
                ProxyResult.statusCode(result.path("statusCode")),
                headers(result, defaultType),
                body(result.path("body")),
                ProxyResult.flag(result.path("isBase64Encoded")));
        return proxied.response(true);
    }

    private static Map<String, List<String>> headers(JsonNode result, String defaultType) throws MalformedException {
        var headers = new LinkedHashMap<String, List<String>>();
        for (var one : ProxyResult.object("headers", result).properties()) {
            if (!ProxyResult.absent(one.getValue())) {
                ProxyResult.put(headers, one.getKey(), one.getValue());
            }
        }
        if (headers.keySet().stream().noneMatch("content-type"::equalsIgnoreCase)) {
            headers.put("Content-Type", List.of(defaultType));
        }
        var cookies = result.path("cookies");
        if (!ProxyResult.absent(cookies) && !cookies.isArray()) {
            throw new MalformedException("cookies is not a list");
        }
        for (var cookie : cookies) {
            ProxyResult.put(headers, "Set-Cookie", cookie);
        }
        return headers;
    }

    /** A body that is not text is sent as the JSON that it is. */
    private static String body(JsonNode body) {
        if (ProxyResult.absent(body)) {
            return "";
        }
        return body.isValueNode() ? body.asString() : body.toString();
    }

    /** The same with other headers in the place of those of the same names. */
    static Response with(Response response, Headers others) {
        var headers = response.headers().toBuilder();
        others.forEach(field -> headers.remove(field.name()));
        others.forEach(field -> headers.add(field.name(), field.value()));
        return new Response(response.status(), headers.build(), response.body());
    }
}
