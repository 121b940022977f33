package dev.ruststack.emulator.httpfront;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyEventV1Test {
    @AutoClose
    private static final Front FRONT = new Front();

    @BeforeEach
    void routes() {
        FRONT.routes("ANY /", "ANY /{proxy+}", "GET /orders/{id}");
        FRONT.invoker().returns("{}");
    }

    @Test
    void eventHasEveryMemberInAWSsOrder() throws IOException {
        FRONT.raw("GET /orders/7?a=1&b=x%20y&a=2 HTTP/1.1\r\n"
                + "Host: shop.example.com:8080\r\n"
                + "User-Agent: test/1\r\n"
                + "tEsT-HEADeR: one\r\n"
                + "Accept: */*\r\n"
                + "test-header: two\r\n"
                + "X-Amzn-Trace-Id: Root=1-5759e988-bd862e3fe1be46a994272793\r\n"
                + "Connection: close\r\n\r\n");

        var ids = FRONT.event().path("requestContext");
        assertThat(FRONT.eventText()).isEqualTo("""
                {"resource":"/orders/{id}","path":"/orders/7","httpMethod":"GET",\
                "headers":{"Accept":"*/*","Host":"shop.example.com:8080","tEsT-HEADeR":"two","User-Agent":"test/1",\
                "X-Amzn-Trace-Id":"Root=1-5759e988-bd862e3fe1be46a994272793","X-Forwarded-For":"127.0.0.1",\
                "X-Forwarded-Port":"8080","X-Forwarded-Proto":"http"},\
                "multiValueHeaders":{"Accept":["*/*"],"Host":["shop.example.com:8080"],\
                "tEsT-HEADeR":["one","two"],"User-Agent":["test/1"],\
                "X-Amzn-Trace-Id":["Root=1-5759e988-bd862e3fe1be46a994272793"],"X-Forwarded-For":["127.0.0.1"],\
                "X-Forwarded-Port":["8080"],"X-Forwarded-Proto":["http"]},\
                "queryStringParameters":{"a":"2","b":"x y"},\
                "multiValueQueryStringParameters":{"a":["1","2"],"b":["x y"]},\
                "pathParameters":{"id":"7"},"stageVariables":null,\
                "requestContext":{"resourceId":"%s","resourcePath":"/orders/{id}","httpMethod":"GET",\
                "extendedRequestId":"%s","requestTime":"23/Nov/2026:10:20:30 +0000","path":"/prod/orders/7",\
                "accountId":"000000000000","protocol":"HTTP/1.1","stage":"prod","domainPrefix":"shop",\
                "requestTimeEpoch":1795429230456,"requestId":"%s",\
                "identity":{"cognitoIdentityPoolId":null,"accountId":null,"cognitoIdentityId":null,"caller":null,\
                "sourceIp":"127.0.0.1","principalOrgId":null,"accessKey":null,"cognitoAuthenticationType":null,\
                "cognitoAuthenticationProvider":null,"userArn":null,"userAgent":"test/1","user":null},\
                "domainName":"shop.example.com","deploymentId":"%s","apiId":"%s"},\
                "body":null,"isBase64Encoded":false}""".formatted(
                        ids.path("resourceId").asString(),
                        ids.path("extendedRequestId").asString(),
                        ids.path("requestId").asString(),
                        ids.path("deploymentId").asString(),
                        ids.path("apiId").asString()));
        assertThat(ids.path("apiId").asString()).matches("[a-z0-9]{10}");
    }

    @Test
    void whatIsEmptyIsNull() {
        FRONT.get("/");

        assertThat(FRONT.event().path("queryStringParameters").isNull()).isTrue();
        assertThat(FRONT.event().path("multiValueQueryStringParameters").isNull())
                .isTrue();
        assertThat(FRONT.event().path("pathParameters").isNull()).isTrue();
        assertThat(FRONT.event().path("body").isNull()).isTrue();
    }

    @Test
    void trailingSlashStaysInThePathOnly() {
        FRONT.get("/test-path/");

        assertThat(FRONT.event().path("path").asString()).isEqualTo("/test-path/");
        assertThat(FRONT.event().path("requestContext").path("path").asString()).isEqualTo("/prod/test-path/");
        assertThat(FRONT.event().path("pathParameters").path("proxy").asString())
                .isEqualTo("test-path");
    }

    @Test
    void pathKeepsItsEscapes() {
        FRONT.get("/user/test%2Balias@gmail.com/plus/test+alias");

        assertThat(FRONT.event().path("path").asString()).isEqualTo("/user/test%2Balias@gmail.com/plus/test+alias");
        assertThat(FRONT.event().path("pathParameters").path("proxy").asString())
                .isEqualTo("user/test%2Balias@gmail.com/plus/test+alias");
    }

    @ParameterizedTest
    @CsvSource({"plus=a+b, a b", "plus=a%2Bb, a+b", "plus=%E2%82%AC, €", "plus, ''", "plus=, ''"})
    void queryIsDecoded(String query, String value) {
        FRONT.get("/?" + query);

        assertThat(FRONT.event().path("queryStringParameters").path("plus").asString())
                .isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "text/plain; charset=utf-8",
                "application/x-www-form-urlencoded",
                "image/svg+xml"
            })
    void textReachesTheFunctionAsItIs(String contentType) {
        FRONT.send("/", Front.post("{\"a\":\"ü\"}".getBytes(StandardCharsets.UTF_8), "Content-Type", contentType));

        assertThat(FRONT.event().path("body").asString()).isEqualTo("{\"a\":\"ü\"}");
        assertThat(FRONT.event().path("isBase64Encoded").asBoolean()).isFalse();
    }

    @Test
    void whatIsNotTextReachesTheFunctionInBase64() {
        var image = new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, (byte) 0xff};

        FRONT.send("/", Front.post(image, "Content-Type", "image/png"));
        assertThat(FRONT.event().path("isBase64Encoded").asBoolean()).isTrue();
        assertThat(Base64.getDecoder().decode(FRONT.event().path("body").asString()))
                .isEqualTo(image);

        FRONT.send("/", Front.post(image, "Content-Type", "text/plain"));
        assertThat(FRONT.event().path("isBase64Encoded").asBoolean()).isTrue();
    }

    @Test
    void binaryMediaTypesOfTheApiDecideWhereItHasSome() {
        FRONT.api(List.of("image/*", "application/octet-stream"), "ANY /{proxy+}");

        FRONT.send("/a", Front.post("text".getBytes(StandardCharsets.UTF_8), "Content-Type", "image/png"));
        assertThat(FRONT.event().path("isBase64Encoded").asBoolean()).isTrue();

        FRONT.send("/a", Front.post("text".getBytes(StandardCharsets.UTF_8), "Content-Type", "application/pdf"));
        assertThat(FRONT.event().path("isBase64Encoded").asBoolean()).isFalse();
    }

    @Test
    void connectionsOwnHeadersAreNotInTheEvent() {
        FRONT.send("/", Front.post("x".getBytes(StandardCharsets.UTF_8)));

        var names = FRONT.event().path("headers").propertyNames();
        assertThat(names).doesNotContain("Content-Length", "Connection", "Upgrade");
    }

    @Test
    void forwardedHeadersOfAProxyBeforeUsAreKept() {
        FRONT.send("/", request -> request.headers("X-Forwarded-For", "203.0.113.7", "X-Forwarded-Proto", "https"));

        assertThat(FRONT.event().path("headers").path("X-Forwarded-For").asString())
                .isEqualTo("203.0.113.7, 127.0.0.1");
        assertThat(FRONT.event().path("headers").path("X-Forwarded-Proto").asString())
                .isEqualTo("https");
    }

    @Test
    void traceIdIsMadeWhereTheClientHasNone() {
        var response = FRONT.get("/");

        var traceId = FRONT.event().path("headers").path("X-Amzn-Trace-Id").asString();
        assertThat(traceId).matches("Root=1-[0-9a-f]{8}-[0-9a-f]{24}");
        assertThat(response.headers().firstValue("X-Amzn-Trace-Id")).hasValue(traceId);
        assertThat(FRONT.invoker().lastAsked().invocation().traceId()).isEqualTo(traceId);
    }

    @Test
    void idsOfTheGatewayAreInTheAnswer() {
        var response = FRONT.get("/");

        var context = FRONT.event().path("requestContext");
        assertThat(response.headers().firstValue("x-amzn-RequestId"))
                .hasValue(context.path("requestId").asString());
        assertThat(response.headers().firstValue("x-amz-apigw-id"))
                .hasValue(context.path("extendedRequestId").asString());
        assertThat(FRONT.invoker().lastAsked().invocation().requestId())
                .isNotEqualTo(context.path("requestId").asString());
    }
}
