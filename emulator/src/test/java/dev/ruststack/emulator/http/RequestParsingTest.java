package dev.ruststack.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestParsingTest {
    @RegisterExtension
    final HttpFixture http = new HttpFixture();

    private static final ExchangeHandler ECHO = request -> {
        var body = new String(request.body().stream().readAllBytes(), StandardCharsets.UTF_8);
        var trailer = request.body().trailers().first("x-trailer", "");
        var text = String.join(
                "|", request.method(), request.rawPath(), request.rawQuery(), request.host(), body, trailer);
        return Response.of(200, "text/plain", Body.of(text));
    };

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
            400 ! GET / HTTP/1.1\\nHost: h\\n\\n
            400 ! GET / HTTP/1.1\\r\\nHost: h\\nX: y\\r\\n\\r\\n
            400 ! GET / HTTP/1.1\\r\\n\\r\\n
            400 ! GET / HTTP/1.1\\r\\nHost: a\\r\\nHost: b\\r\\n\\r\\n
            400 ! GET / HTTP/1.1\\r\\nHost : h\\r\\n\\r\\n
            400 ! GET / HTTP/1.1\\r\\nHost: h\\r\\n folded\\r\\n\\r\\n
            400 ! GET / HTTP/1.1\\r\\nHost: h\\r\\nX: a\\0b\\r\\n\\r\\n
            400 ! GET / HTTP/1.1\\r\\nHost: h\\r\\nX: a\\rb\\r\\n\\r\\n
            400 ! GET / HTTP/1.1\\r\\nHost: h\\r\\nno colon\\r\\n\\r\\n
            400 ! GET / HTTP/1.1\\r\\nHost: h\\r\\n: empty\\r\\n\\r\\n
            400 ! GET /\\r\\nHost: h\\r\\n\\r\\n
            400 ! GET  / HTTP/1.1\\r\\nHost: h\\r\\n\\r\\n
            400 ! GET / HTTP/1.1 \\r\\nHost: h\\r\\n\\r\\n
            400 ! GET / HTTP/1.x\\r\\nHost: h\\r\\n\\r\\n
            400 ! GET / FTP/1.1\\r\\nHost: h\\r\\n\\r\\n
            400 ! GET /a\\tb HTTP/1.1\\r\\nHost: h\\r\\n\\r\\n
            400 ! GET a HTTP/1.1\\r\\nHost: h\\r\\n\\r\\n
            400 ! GET http:///a HTTP/1.1\\r\\nHost: h\\r\\n\\r\\n
            400 ! GET * HTTP/1.1\\r\\nHost: h\\r\\n\\r\\n
            400 ! CONNECT h:443 HTTP/1.1\\r\\nHost: h\\r\\n\\r\\n
            400 ! G(T / HTTP/1.1\\r\\nHost: h\\r\\n\\r\\n
            505 ! PRI * HTTP/2.0\\r\\n\\r\\n
            417 ! GET / HTTP/1.1\\r\\nHost: h\\r\\nExpect: tea\\r\\n\\r\\n
            400 ! PUT / HTTP/1.1\\r\\nHost: h\\r\\nContent-Length: 3\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n
            400 ! PUT / HTTP/1.1\\r\\nHost: h\\r\\nContent-Length: 3\\r\\nContent-Length: 3\\r\\n\\r\\nabc
            400 ! PUT / HTTP/1.1\\r\\nHost: h\\r\\nContent-Length: 3, 3\\r\\n\\r\\nabc
            400 ! PUT / HTTP/1.1\\r\\nHost: h\\r\\nContent-Length: +3\\r\\n\\r\\nabc
            400 ! PUT / HTTP/1.1\\r\\nHost: h\\r\\nContent-Length: -3\\r\\n\\r\\nabc
            400 ! PUT / HTTP/1.1\\r\\nHost: h\\r\\nContent-Length: 0x3\\r\\n\\r\\nabc
            400 ! PUT / HTTP/1.1\\r\\nHost: h\\r\\nContent-Length:\\r\\n\\r\\nabc
            400 ! PUT / HTTP/1.1\\r\\nHost: h\\r\\nContent-Length: 9999999999999999999\\r\\n\\r\\nabc
            501 ! PUT / HTTP/1.1\\r\\nHost: h\\r\\nTransfer-Encoding: gzip, chunked\\r\\n\\r\\n
            501 ! PUT / HTTP/1.1\\r\\nHost: h\\r\\nTransfer-Encoding: xchunked\\r\\n\\r\\n
            400 ! PUT / HTTP/1.1\\r\\nHost: h\\r\\nTransfer-Encoding: chunked\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n
            400 ! PUT / HTTP/1.0\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n0\\r\\n\\r\\n
            400 ! PUT / HTTP/1.1\\r\\nHost: h\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n-1\\r\\n
            400 ! PUT / HTTP/1.1\\r\\nHost: h\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n0x1\\r\\na\\r\\n
            400 ! PUT / HTTP/1.1\\r\\nHost: h\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n3 \\r\\nabc\\r\\n
            400 ! PUT / HTTP/1.1\\r\\nHost: h\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n3\\nabc\\n0\\n\\n
            400 ! PUT / HTTP/1.1\\r\\nHost: h\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n3\\r\\nabcd\\r\\n
            400 ! PUT / HTTP/1.1\\r\\nHost: h\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n\\r\\n
            400 ! PUT / HTTP/1.1\\r\\nHost: h\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n1234567890abcdef\\r\\n
            400 ! PUT / HTTP/1.1\\r\\nHost: h\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n0\\r\\nbad trailer: x\\r\\n\\r\\n
            """)
    void malformedRequestIsRefusedAndTheConnectionClosed(int status, String request) throws Exception {
        var client = http.connect(http.start(ECHO));

        var reply = client.send(request.translateEscapes()).receive();

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("Connection")).isEqualTo("close");
        assertThat(reply.text()).doesNotContain("Exception", "\tat ");
        assertThat(client.isClosedByServer()).isTrue();
    }

    @Test
    void tooLongRequestLineIs414() throws Exception {
        var server = http.start(ECHO);

        var whole = http.connect(server)
                .send("GET /" + "x".repeat(17_000) + " HTTP/1.1\r\nHost: h\r\n\r\n")
                .receive();
        var endless = http.connect(server).send("GET /" + "x".repeat(17_000)).receive();

        assertThat(whole.status()).isEqualTo(414);
        assertThat(endless.status()).isEqualTo(414);
    }

    @Test
    void tooLargeHeadIs431() throws Exception {
        var server = http.start(ECHO);
        var line = "x-filler: " + "y".repeat(1000) + "\r\n";

        var endless = http.connect(server)
                .send("GET / HTTP/1.1\r\nHost: h\r\n" + line.repeat(80))
                .receive();
        var fitting = http.connect(server)
                .send("GET / HTTP/1.1\r\nHost: h\r\n" + line.repeat(60) + "\r\n")
                .receive();

        assertThat(endless.status()).isEqualTo(431);
        assertThat(fitting.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
            GET http://b.localhost:4566/a?b HTTP/1.1\\r\\nHost: other\\r\\n\\r\\n ! GET|/a|b|b.localhost:4566||
            GET HTTP://b.localhost HTTP/1.1\\r\\nHost: other\\r\\n\\r\\n ! GET|/||b.localhost||
            GET https://h?q HTTP/1.1\\r\\nHost: h\\r\\n\\r\\n ! GET|/|q|h||
            OPTIONS * HTTP/1.1\\r\\nHost: h\\r\\n\\r\\n ! OPTIONS|*||h||
            GET /?a?b HTTP/1.1\\r\\nHost: h\\r\\n\\r\\n ! GET|/|a?b|h||
            GET //x HTTP/1.1\\r\\nHost:\\r\\n\\r\\n ! GET|//x||||
            \\r\\n\\r\\nGET / HTTP/1.1\\r\\nhost:h\\r\\n\\r\\n ! GET|/||h||
            GET / HTTP/1.0\\r\\n\\r\\n ! GET|/||||
            PUT / HTTP/1.1\\r\\nHost: h\\r\\ncontent-length: 3\\r\\n\\r\\nabc ! PUT|/||h|abc|
            PUT / HTTP/1.1\\r\\nHost: h\\r\\nTransfer-Encoding: Chunked\\r\\n\\r\\n3;n=v\\r\\nabc\\r\\n00A\\r\\n0123456789\\r\\n0\\r\\nX-Trailer: t\\r\\n\\r\\n ! PUT|/||h|abc0123456789|t
            """)
    void wellFormedRequestIsUnderstood(String request, String expected) throws Exception {
        var server = http.start(ECHO);
        var bytes = request.translateEscapes().getBytes(StandardCharsets.UTF_8);

        assertThat(http.connect(server).send(bytes).receive().text()).isEqualTo(expected.strip());

        var dribbling = http.connect(server);
        for (byte b : bytes) {
            dribbling.send(new byte[] {b});
        }
        assertThat(dribbling.receive().text()).isEqualTo(expected.strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.0\r\n", "HTTP/1.1\r\nHost: h\r\nConnection: close\r\n"})
    void clientThatWantsNoKeepAliveIsClosed(String end) throws Exception {
        var client = http.connect(http.start(ECHO));

        var reply = client.send("GET / " + end + "\r\n").receive();

        assertThat(reply.header("Connection")).isEqualTo("close");
        assertThat(client.isClosedByServer()).isTrue();
    }

    @Test
    void http10ClientCanKeepTheConnection() throws Exception {
        var client = http.connect(http.start(ECHO));
        for (int i = 0; i < 3; i++) {
            var reply = client.send("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n")
                    .receive();
            assertThat(reply.header("Connection")).isEqualTo("keep-alive");
        }
    }

    @Test
    void responsesBeforeAMalformedRequestAreSent() throws Exception {
        var client = http.connect(http.start(ECHO));

        client.send("GET /1 HTTP/1.1\r\nHost: h\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\nnonsense\r\n\r\n");

        assertThat(client.receive().text()).startsWith("GET|/1");
        assertThat(client.receive().text()).startsWith("GET|/2");
        assertThat(client.receive().status()).isEqualTo(400);
        assertThat(client.isClosedByServer()).isTrue();
    }

    @Test
    void clientThatClosesItsOutputStillGetsEveryResponse() throws Exception {
        var client = http.connect(http.start(ECHO));

        client.send("GET /1 HTTP/1.1\r\nHost: h\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\n");
        client.socket().shutdownOutput();

        assertThat(client.receive().text()).startsWith("GET|/1");
        assertThat(client.receive().text()).startsWith("GET|/2");
        assertThat(client.isClosedByServer()).isTrue();
    }

    @Test
    void slowHeadIs408() throws Exception {
        var server = http.start(
                config -> Configs.withTimeouts(config, Duration.ofMillis(200), Duration.ofSeconds(60)), ECHO);
        var client = http.connect(server);

        var reply = client.send("GET / HTTP/1.1\r\nHo").receive();

        assertThat(reply.status()).isEqualTo(408);
        assertThat(client.isClosedByServer()).isTrue();
    }

    @Test
    void silentConnectionIsClosedWithoutAWord() throws Exception {
        var server = http.start(
                config -> Configs.withTimeouts(config, Duration.ofSeconds(60), Duration.ofMillis(200)), ECHO);

        assertThat(http.connect(server).isClosedByServer()).isTrue();
        var used = http.connect(server).send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
        used.receive();
        assertThat(used.isClosedByServer()).isTrue();
    }

    @Test
    void damagedRequestsNeverHarmTheServer() throws Exception {
        var server = http.start(
                config -> Configs.withTimeouts(config, Duration.ofMillis(500), Duration.ofMillis(500)), ECHO);
        var sound = ("PUT /a%20b?c=d HTTP/1.1\r\nHost: h\r\nX: y\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "5\r\nhello\r\n0\r\nT: u\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nab")
                .getBytes(StandardCharsets.UTF_8);
        var random = new Random(11);

        for (int i = 0; i < 1000; i++) {
            var damaged = sound.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                damaged[random.nextInt(damaged.length)] = (byte) "\r\n: \0;0\u00ff".charAt(random.nextInt(8));
            }
            try (var client = new RawClient(server.port())) {
                client.send(damaged);
                client.socket().shutdownOutput();
                var answer = new String(client.socket().getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
                assertThat(answer).doesNotContain(" 500 ", "Exception");
            }
        }

        assertThat(http.connect(server).send(sound).receive().status()).isEqualTo(200);
    }
}
