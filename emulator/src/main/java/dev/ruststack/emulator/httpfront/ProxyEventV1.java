package dev.ruststack.emulator.httpfront;

import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.Query;
import dev.ruststack.emulator.http.Request;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The event of API Gateway's Lambda proxy integration, payload format 1.0. AWS: API Gateway Developer Guide, Input format
 * of a Lambda function for proxy integration.
 */
final class ProxyEventV1 {
    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter REQUEST_TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.US).withZone(ZoneOffset.UTC);

    /** What a connection needs and a function does not get to see. */
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "content-length",
            "expect",
            "keep-alive",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private final GatewayRequest gateway;
    private final Request request;
    private final Map<String, List<String>> headers;

    private ProxyEventV1(GatewayRequest gateway) {
        this.gateway = gateway;
        this.request = gateway.request();
        this.headers = headers(gateway);
    }

    /** The event of a request, JSON. */
    static byte[] of(GatewayRequest gateway) {
        var out = new ByteArrayOutputStream(gateway.body().length + 4096);
        try (var json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            new ProxyEventV1(gateway).write(json);
        }
        return out.toByteArray();
    }

    private void write(JsonGenerator json) {
        var route = gateway.match().route();
        var query = query(request.query());
        json.writeStartObject();
        json.writeStringProperty("resource", route.path());
        json.writeStringProperty("path", request.rawPath());
        json.writeStringProperty("httpMethod", request.method());
        lastOfEach(json, "headers", headers);
        all(json, "multiValueHeaders", headers);
        lastOfEach(json, "queryStringParameters", query);
        all(json, "multiValueQueryStringParameters", query);
        map(json, "pathParameters", gateway.match().pathParameters());
        json.writeNullProperty("stageVariables");
        requestContext(json);
        body(json);
        json.writeEndObject();
    }

    private void requestContext(JsonGenerator json) {
        var api = gateway.match().api();
        var route = gateway.match().route();
        var domain = domain();
        json.writeObjectPropertyStart("requestContext");
        json.writeStringProperty("resourceId", api.resourceId(route.path()));
        json.writeStringProperty("resourcePath", route.path());
        json.writeStringProperty("httpMethod", request.method());
        json.writeStringProperty("extendedRequestId", gateway.extendedRequestId());
        json.writeStringProperty("requestTime", REQUEST_TIME.format(gateway.received()));
        json.writeStringProperty("path", "/" + api.stage() + request.rawPath());
        json.writeStringProperty("accountId", api.accountId());
        json.writeStringProperty("protocol", "HTTP/1.1");
        json.writeStringProperty("stage", api.stage());
        json.writeStringProperty("domainPrefix", domain.split("\\.", 2)[0]);
        json.writeNumberProperty("requestTimeEpoch", gateway.received().toEpochMilli());
        json.writeStringProperty("requestId", gateway.requestId());
        identity(json);
        json.writeStringProperty("domainName", domain);
        json.writeStringProperty("deploymentId", api.deploymentId());
        json.writeStringProperty("apiId", api.id());
        json.writeEndObject();
    }

    private void identity(JsonGenerator json) {
        json.writeObjectPropertyStart("identity");
        json.writeNullProperty("cognitoIdentityPoolId");
        json.writeNullProperty("accountId");
        json.writeNullProperty("cognitoIdentityId");
        json.writeNullProperty("caller");
        json.writeStringProperty("sourceIp", sourceIp(request));
        json.writeNullProperty("principalOrgId");
        json.writeNullProperty("accessKey");
        json.writeNullProperty("cognitoAuthenticationType");
        json.writeNullProperty("cognitoAuthenticationProvider");
        json.writeNullProperty("userArn");
        string(json, "userAgent", request.headers().first("User-Agent"));
        json.writeNullProperty("user");
        json.writeEndObject();
    }

    private void body(JsonGenerator json) {
        var body = gateway.body();
        boolean binary = body.length > 0
                && gateway.match().api().takesAsBinary(request.headers().first("Content-Type"), body);
        if (body.length == 0) {
            json.writeNullProperty("body");
        } else if (binary) {
            json.writeStringProperty("body", Base64.getEncoder().encodeToString(body));
        } else {
            json.writeStringProperty("body", new String(body, StandardCharsets.UTF_8));
        }
        json.writeBooleanProperty("isBase64Encoded", binary);
    }

    /** The host without its port. */
    private String domain() {
        var host = request.host();
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }

    private static Map<String, List<String>> headers(GatewayRequest gateway) {
        var request = gateway.request();
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        for (Headers.Field field : request.headers()) {
            if (!HOP_BY_HOP.contains(field.name().toLowerCase(Locale.ROOT))) {
                headers.computeIfAbsent(field.name(), key -> new ArrayList<>(1)).add(field.value());
            }
        }
        var proto = request.secure() ? "https" : "http";
        headers.put("X-Amzn-Trace-Id", List.of(gateway.traceId()));
        headers.put("X-Forwarded-For", List.of(forwardedFor(request)));
        headers.putIfAbsent("X-Forwarded-Port", List.of(port(request)));
        headers.putIfAbsent("X-Forwarded-Proto", List.of(proto));
        return headers;
    }

    private static String forwardedFor(Request request) {
        var before = String.join(", ", request.headers().all("X-Forwarded-For"));
        return before.isEmpty() ? sourceIp(request) : before + ", " + sourceIp(request);
    }

    private static String sourceIp(Request request) {
        var address = request.remote().getAddress();
        return address == null ? request.remote().getHostString() : address.getHostAddress();
    }

    private static String port(Request request) {
        var host = request.host();
        int colon = host.lastIndexOf(':');
        if (colon > host.lastIndexOf(']')) {
            return host.substring(colon + 1);
        }
        return request.secure() ? "443" : "80";
    }

    private static Map<String, List<String>> query(Query query) {
        var parameters = new LinkedHashMap<String, List<String>>();
        for (var parameter : query) {
            parameters
                    .computeIfAbsent(parameter.name(), key -> new ArrayList<>(1))
                    .add(parameter.value());
        }
        return parameters;
    }

    private static void lastOfEach(JsonGenerator json, String name, Map<String, List<String>> values) {
        var last = new LinkedHashMap<String, String>();
        values.forEach((key, list) -> last.put(key, list.getLast()));
        map(json, name, last);
    }

    private static void all(JsonGenerator json, String name, Map<String, List<String>> values) {
        if (values.isEmpty()) {
            json.writeNullProperty(name);
            return;
        }
        json.writeObjectPropertyStart(name);
        values.forEach((key, list) -> {
            json.writeArrayPropertyStart(key);
            list.forEach(json::writeString);
            json.writeEndArray();
        });
        json.writeEndObject();
    }

    /** What is empty is null. */
    private static void map(JsonGenerator json, String name, Map<String, String> values) {
        if (values.isEmpty()) {
            json.writeNullProperty(name);
            return;
        }
        json.writeObjectPropertyStart(name);
        values.forEach(json::writeStringProperty);
        json.writeEndObject();
    }

    private static void string(JsonGenerator json, String name, @Nullable String value) {
        if (value == null) {
            json.writeNullProperty(name);
        } else {
            json.writeStringProperty(name, value);
        }
    }
}
