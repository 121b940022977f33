package dev.ruststack.emulator.httpfront;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.lambda.LambdaError;
import dev.ruststack.emulator.lambda.Outcome;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpFrontTest {
    @AutoClose
    private static final Front FRONT = new Front();

    @BeforeEach
    void routes() {
        FRONT.routes("ANY /{proxy+}", "GET /only-get");
        FRONT.invoker().returns("{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/only-get"})
    void whatHasNoRouteIsMissingAnAuthenticationToken(String path) {
        var response = FRONT.send(path, Front.post(new byte[] {1}));

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).isEqualTo("{\"message\":\"Missing Authentication Token\"}");
        assertThat(response.headers().firstValue("x-amzn-ErrorType")).hasValue("MissingAuthenticationTokenException");
        assertThat(response.headers().firstValue("x-amzn-RequestId")).isPresent();
        assertThat(response.headers().firstValue("x-amz-apigw-id")).isPresent();
    }

    @Test
    void functionThatFailsIsABadGateway() {
        FRONT.invoker()
                .script((function, invocation) -> new Outcome.Failed(
                        "{\"errorMessage\":\"secret\"}".getBytes(StandardCharsets.UTF_8), new byte[0]));

        var response = FRONT.get("/a");

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).isEqualTo("{\"message\":\"Internal server error\"}");
    }

    @Test
    void functionThatIsThrottledIsAnInternalError() {
        FRONT.invoker().script((function, invocation) -> {
            throw LambdaError.TOO_MANY_REQUESTS.error();
        });

        assertThat(FRONT.get("/a").statusCode()).isEqualTo(500);
    }

    @Test
    void functionThatIsNotThereIsAnInternalError() {
        FRONT.routes("GET /a missing");

        var response = FRONT.get("/a");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).isEqualTo("{\"message\":\"Internal server error\"}");
    }

    @Test
    void functionThatTakesTooLongIsNotWaitedForButRunsOn() throws Exception {
        try (var front = new Front(Duration.ofMillis(50))) {
            front.routes("GET /slow");
            var answered = new CountDownLatch(1);
            var ended = new CountDownLatch(1);
            front.invoker().script((function, invocation) -> {
                answered.await();
                ended.countDown();
                return new Outcome.Returned("{}".getBytes(StandardCharsets.UTF_8), new byte[0]);
            });

            var response = front.get("/slow");
            answered.countDown();
            ended.await();

            assertThat(response.statusCode()).isEqualTo(504);
            assertThat(response.body()).isEqualTo("{\"message\":\"Endpoint request timed out\"}");
        }
    }

    @Test
    void requestHasAtMost10MB() {
        var response = FRONT.send("/a", Front.post(new byte[10 * 1024 * 1024 + 1]));
        var chunked = FRONT.send(
                "/a",
                request -> request.POST(BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(new byte[10 * 1024 * 1024 + 1]))));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).isEqualTo("{\"message\":\"Request Too Long\"}");
        assertThat(chunked.statusCode()).isEqualTo(413);
    }

    @Test
    void eventHasAtMost6MB() {
        int fits = 6_291_456 - 4096;
        var text = new byte[fits];
        java.util.Arrays.fill(text, (byte) 'x');

        assertThat(FRONT.send("/a", Front.post(text, "Content-Type", "text/plain"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(FRONT.send("/a", Front.post(text, "Content-Type", "image/png"))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void bodiesOfMegabytesComeBackByteForByte() {
        var image = new byte[4 * 1024 * 1024];
        new java.util.Random(7).nextBytes(image);
        FRONT.invoker().script((function, invocation) -> {
            var body = FRONT.event().path("body").asString();
            return new Outcome.Returned(
                    ("{\"isBase64Encoded\":true,\"body\":\"" + body + "\"}").getBytes(StandardCharsets.UTF_8),
                    new byte[0]);
        });

        var response = FRONT.sendForBytes("/a", Front.post(image, "Content-Type", "application/octet-stream"));

        assertThat(Base64.getDecoder().decode(FRONT.event().path("body").asString()))
                .isEqualTo(image);
        assertThat(response.body()).isEqualTo(image);
    }

    @Test
    void headHasNoBody() throws IOException {
        FRONT.invoker().returns("{\"body\":\"four\"}");

        var response = FRONT.raw("HEAD /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

        assertThat(response).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\n");
        assertThat(FRONT.event().path("httpMethod").asString()).isEqualTo("HEAD");
    }

    @Test
    void preflightsAreTheFunctionsOwn() {
        FRONT.invoker().returns("{\"statusCode\":204,\"headers\":{\"Access-Control-Allow-Origin\":\"*\"}}");

        var response = FRONT.send("/a", request -> request.method("OPTIONS", BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
    }

    @Test
    void routesAreReplacedWhileItRuns() {
        FRONT.routes("GET /new");

        assertThat(FRONT.get("/new").statusCode()).isEqualTo(200);
        assertThat(FRONT.get("/old").statusCode()).isEqualTo(403);
    }

    @Test
    void functionIsInvokedUnqualified() {
        FRONT.get("/a");

        assertThat(FRONT.invoker().lastAsked().invocation().invokedFunctionArn())
                .isEqualTo(Front.ARNS + "web");
    }
}
