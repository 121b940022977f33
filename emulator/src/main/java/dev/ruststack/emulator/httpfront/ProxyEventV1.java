package dev.ruststack.emulator.httpfront;

import dev.ruststack.emulator.http.Request;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The event of API Gateway's Lambda proxy integration, payload format 1.0. AWS: API Gateway Developer Guide, Input format
 * of a Lambda function for proxy integration.
 */
final class ProxyEventV1 {
    private static final JsonFactory JSON = new JsonFactory();

    private final GatewayRequest gateway;
    private final Request request;
    private final Map<String, List<String>> headers;

    private ProxyEventV1(GatewayRequest gateway) {
        this.gateway = gateway;
        this.request = gateway.request();
        this.headers = headers(gateway.incoming());
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
        var query = gateway.incoming().query();
        json.writeStartObject();
        if (gateway.api().kind() == Api.Kind.HTTP) {
            json.writeStringProperty("version", "1.0");
        }
        json.writeStringProperty("resource", route.path());
        json.writeStringProperty("path", path());
        json.writeStringProperty("httpMethod", request.method());
        lastOfEach(json, "headers", headers);
        Json.listsOrNull(json, "multiValueHeaders", headers);
        lastOfEach(json, "queryStringParameters", query);
        Json.listsOrNull(json, "multiValueQueryStringParameters", query);
        Json.mapOrNull(json, "pathParameters", gateway.match().pathParameters());
        Json.mapOrNull(json, "stageVariables", gateway.match().api().stage().variables());
        requestContext(json);
        body(json);
        json.writeEndObject();
    }

    /** HTTP APIs leave the stage in it. */
    private String path() {
        return gateway.api().kind() == Api.Kind.HTTP ? gateway.told() : request.rawPath();
    }

    private void requestContext(JsonGenerator json) {
        var api = gateway.match().api();
        var route = gateway.match().route();
        var domain = gateway.incoming().domain();
        json.writeObjectPropertyStart("requestContext");
        json.writeStringProperty("resourceId", api.resourceId(route));
        json.writeStringProperty("resourcePath", route.path());
        json.writeStringProperty("httpMethod", request.method());
        json.writeStringProperty("extendedRequestId", gateway.extendedRequestId());
        json.writeStringProperty("requestTime", ProxyEventV2.TIME.format(gateway.received()));
        json.writeStringProperty("path", gateway.told());
        json.writeStringProperty("accountId", api.accountId());
        json.writeStringProperty("protocol", "HTTP/1.1");
        json.writeStringProperty("stage", api.stage().name());
        json.writeStringProperty("domainPrefix", domain.split("\\.", 2)[0]);
        json.writeNumberProperty("requestTimeEpoch", gateway.received().toEpochMilli());
        json.writeStringProperty("requestId", gateway.incoming().requestId());
        if (gateway.authorizer() != null) {
            json.writeName("authorizer");
            json.writeRawValue(gateway.authorizer().toString());
        }
        identity(json);
        json.writeStringProperty("domainName", domain);
        json.writeStringProperty("deploymentId", api.stage().deploymentId());
        json.writeStringProperty("apiId", api.id());
        json.writeEndObject();
    }

    private void identity(JsonGenerator json) {
        json.writeObjectPropertyStart("identity");
        json.writeNullProperty("cognitoIdentityPoolId");
        json.writeNullProperty("accountId");
        json.writeNullProperty("cognitoIdentityId");
        json.writeNullProperty("caller");
        json.writeStringProperty("sourceIp", gateway.incoming().sourceIp());
        json.writeNullProperty("principalOrgId");
        json.writeNullProperty("accessKey");
        json.writeNullProperty("cognitoAuthenticationType");
        json.writeNullProperty("cognitoAuthenticationProvider");
        json.writeNullProperty("userArn");
        Json.string(json, "userAgent", gateway.incoming().userAgent());
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

    private static Map<String, List<String>> headers(Incoming incoming) {
        var headers = incoming.headers();
        headers.remove("Content-Length");
        return headers;
    }

    private static void lastOfEach(JsonGenerator json, String name, Map<String, List<String>> values) {
        var last = new LinkedHashMap<String, String>();
        values.forEach((key, list) -> last.put(key, list.getLast()));
        Json.mapOrNull(json, name, last);
    }
}
