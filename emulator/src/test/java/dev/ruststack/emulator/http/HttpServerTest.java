package dev.ruststack.emulator.http;

import static dev.ruststack.emulator.http.HttpFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class HttpServerTest {
    @RegisterExtension
    final HttpFixture http = new HttpFixture();

    @Test
    void handlerSeesTheRequestAsItWasSent() throws Exception {
        var server = http.start(request -> Response.of(
                200,
                "text/plain",
                Body.of(String.join(
                        "|",
                        request.method(),
                        request.rawPath(),
                        request.rawQuery(),
                        request.host(),
                        request.headers().first("x-thing", "none"),
                        String.valueOf(request.secure())))));

        var reply = http.connect(server)
                .send("POST /a//b/../%2F%zz?x=%20&y=a+b HTTP/1.1\r\nHost: b.localhost:1\r\nX-Thing:  é \r\n\r\n")
                .receive();

        assertThat(reply.text()).isEqualTo("POST|/a//b/../%2F%zz|x=%20&y=a+b|b.localhost:1|é|false");
    }

    @Test
    void headersRoundTripAsUtf8() throws Exception {
        var server = http.start(request ->
                new Response(200, Headers.of("x-echo", request.headers().first("x-in", "")), Body.empty()));

        var reply = http.connect(server)
                .send("GET / HTTP/1.1\r\nHost: h\r\nx-in: größe 日本\r\n\r\n")
                .receive();

        assertThat(reply.header("x-echo")).isEqualTo("größe 日本");
    }

    @Test
    void headerBytesThatAreNotUtf8AreLatin1() throws Exception {
        var server = http.start(request ->
                Response.of(200, "text/plain", Body.of(request.headers().first("x-in", ""))));

        var reply = http.connect(server)
                .send("GET / HTTP/1.1\r\nHost: h\r\nx-in: gr\u00f6\u00dfe\r\n\r\n"
                        .getBytes(StandardCharsets.ISO_8859_1))
                .receive();

        assertThat(reply.text()).isEqualTo("größe");
    }

    @Test
    void bodiesOfEverySizeComeBackUnchanged() throws Exception {
        var server = http.start(request -> Response.of(
                200, "application/octet-stream", Body.of(request.body().stream().readAllBytes())));
        var random = new Random(7);

        for (int size : new int[] {0, 1, 1023, 65_536, 65_537, 3_000_000}) {
            var bytes = new byte[size];
            random.nextBytes(bytes);
            var reply = http.client()
                    .send(
                            request(server, "/")
                                    .PUT(BodyPublishers.ofByteArray(bytes))
                                    .build(),
                            BodyHandlers.ofByteArray());
            assertThat(reply.body()).isEqualTo(bytes);
        }
    }

    @Test
    void requestBodyIsEchoedWhileItArrives() throws Exception {
        var server = http.start(request -> Response.of(
                200,
                "text/plain",
                new Body.Written(out -> request.body().stream().transferTo(out), -1)));
        var bytes = new byte[5_000_000];
        new Random(8).nextBytes(bytes);

        var publisher = BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(bytes));
        var reply = http.client().send(request(server, "/").PUT(publisher).build(), BodyHandlers.ofByteArray());

        assertThat(reply.body()).isEqualTo(bytes);
    }

    @Test
    void fileRangesAndSequencesAreSent(@TempDir Path folder) throws Exception {
        var bytes = new byte[2_000_000];
        new Random(9).nextBytes(bytes);
        var file = Files.write(folder.resolve("blob"), bytes);
        var server = http.start(request -> {
            var channel = java.nio.channels.FileChannel.open(file, StandardOpenOption.READ);
            var range = new Body.FileRange(channel, 10, bytes.length - 20);
            return request.rawPath().equals("/one")
                    ? Response.of(200, "text/plain", range)
                    : Response.of(
                            200, "text/plain", new Body.Sequence(java.util.List.of(Body.of("<"), range, Body.of(">"))));
        });

        var one = http.connect(server)
                .send("GET /one HTTP/1.1\r\nHost: h\r\n\r\n")
                .receive();
        var three = http.connect(server)
                .send("GET /seq HTTP/1.1\r\nHost: h\r\n\r\n")
                .receive();

        assertThat(one.body()).isEqualTo(java.util.Arrays.copyOfRange(bytes, 10, bytes.length - 10));
        assertThat(three.body()).hasSize(bytes.length - 18).startsWith('<').endsWith('>');
    }

    @Test
    void connectionStaysForFurtherRequests() throws Exception {
        var server = http.start(request -> Response.of(200, "text/plain", Body.of(request.rawPath())));
        var client = http.connect(server);

        for (int i = 0; i < 100; i++) {
            var reply =
                    client.send("GET /" + i + " HTTP/1.1\r\nHost: h\r\n\r\n").receive();
            assertThat(reply.text()).isEqualTo("/" + i);
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws Exception {
        var server = http.start(request -> {
            var body = request.body().stream().readAllBytes();
            return Response.of(200, "text/plain", Body.of(request.rawPath() + body.length));
        });
        var client = http.connect(server);
        var requests = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            requests.append("PUT /" + i + "- HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc");
        }

        Thread.ofVirtual().start(() -> {
            try {
                client.send(requests.toString());
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });

        for (int i = 0; i < 2000; i++) {
            assertThat(client.receive().text()).isEqualTo("/" + i + "-3");
        }
    }

    @Test
    void portInUseIsNamed() throws Exception {
        var server = http.start(request -> Response.of(200));

        assertThatThrownBy(() -> HttpServer.start(
                        HttpServerConfig.of("second", HttpFixture.HOST, server.port()), request -> Response.of(200)))
                .isInstanceOf(BindException.class)
                .hasMessageContaining(HttpFixture.HOST + ":" + server.port());
    }
}
