package dev.ruststack.emulator.httpfront;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;

/**
 * The event of HTTP APIs and function URLs, payload format 2.0. AWS: API Gateway Developer Guide, Create AWS Lambda proxy
 * integrations for HTTP APIs; Lambda Developer Guide, Invoking Lambda function URLs.
 */
final class ProxyEventV2 {
    static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.US).withZone(ZoneOffset.UTC);

    private static final JsonFactory JSON = new JsonFactory();

    private final Incoming incoming;
    private final Context context;

    private ProxyEventV2(Incoming incoming, Context context) {
        this.incoming = incoming;
        this.context = context;
    }

    /**
     * What a request is to its API.
     *
     * @param accountId {@code anonymous} where nobody asked who calls
     * @param authorizer what is known of the caller; null for nothing
     */
    record Context(
            String accountId,
            String apiId,
            String stage,
            String routeKey,
            String rawPath,
            Map<String, String> pathParameters,
            Map<String, String> stageVariables,
            @Nullable JsonNode authorizer) {}

    /** The event of a request, JSON. */
    static byte[] of(Incoming incoming, Context context) {
        var out = new ByteArrayOutputStream(incoming.body().length + 4096);
        try (var json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            new ProxyEventV2(incoming, context).write(json);
        }
        return out.toByteArray();
    }

    private void write(JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("version", "2.0");
        json.writeStringProperty("routeKey", context.routeKey);
        json.writeStringProperty("rawPath", context.rawPath);
        json.writeStringProperty("rawQueryString", incoming.request().rawQuery());
        var cookies = cookies();
        if (!cookies.isEmpty()) {
            Json.list(json, "cookies", cookies);
        }
        json.writeObjectPropertyStart("headers");
        headers().forEach(json::writeStringProperty);
        json.writeEndObject();
        Json.mapIfAny(json, "queryStringParameters", Json.joined(incoming.query()));
        requestContext(json);
        Json.mapIfAny(json, "pathParameters", context.pathParameters);
        Json.mapIfAny(json, "stageVariables", context.stageVariables);
        body(json);
        json.writeEndObject();
    }

    private void requestContext(JsonGenerator json) {
        var domain = incoming.domain();
        json.writeObjectPropertyStart("requestContext");
        json.writeStringProperty("accountId", context.accountId);
        json.writeStringProperty("apiId", context.apiId);
        if (context.authorizer != null) {
            json.writeName("authorizer");
            json.writeRawValue(context.authorizer.toString());
        }
        json.writeStringProperty("domainName", domain);
        json.writeStringProperty("domainPrefix", domain.split("\\.", 2)[0]);
        json.writeObjectPropertyStart("http");
        json.writeStringProperty("method", incoming.request().method());
        json.writeStringProperty("path", context.rawPath);
        json.writeStringProperty("protocol", "HTTP/1.1");
        json.writeStringProperty("sourceIp", incoming.sourceIp());
        Json.string(json, "userAgent", incoming.userAgent());
        json.writeEndObject();
        json.writeStringProperty("requestId", incoming.requestId());
        json.writeStringProperty("routeKey", context.routeKey);
        json.writeStringProperty("stage", context.stage);
        json.writeStringProperty("time", TIME.format(incoming.received()));
        json.writeNumberProperty("timeEpoch", incoming.received().toEpochMilli());
        json.writeEndObject();
    }

    /** Names in lower case; cookies have a place of their own. */
    private Map<String, String> headers() {
        var headers = new TreeMap<String, String>();
        incoming.headers().forEach((name, values) -> {
            var lower = name.toLowerCase(Locale.ROOT);
            if (!lower.equals("cookie")) {
                headers.put(lower, String.join(",", values));
            }
        });
        return headers;
    }

    private List<String> cookies() {
        var cookies = new ArrayList<String>();
        for (var header : incoming.request().headers().all("Cookie")) {
            for (var cookie : header.split(";")) {
                if (!cookie.isBlank()) {
                    cookies.add(cookie.strip());
                }
            }
        }
        return cookies;
    }

    private void body(JsonGenerator json) {
        var body = incoming.body();
        boolean binary = body.length > 0
                && !MediaTypes.isPlain(incoming.request().headers().first("Content-Type"), body);
        if (binary) {
            json.writeStringProperty("body", Base64.getEncoder().encodeToString(body));
        } else if (body.length > 0) {
            json.writeStringProperty("body", new String(body, StandardCharsets.UTF_8));
        }
        json.writeBooleanProperty("isBase64Encoded", binary);
    }
}
