package dev.ruststack.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

    @RegisterExtension
    final HttpFixture http = new HttpFixture();

    @TempDir
    Path folder;

    private static final class TrustingAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private HttpServer start(ExchangeHandler handler) throws IOException {
        return http.start(config -> config.withTls(new Tls.SelfSigned(List.of("s3.example.test"))), handler);
    }

    private static SSLSocket handshake(HttpServer server, String... protocols) throws Exception {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustingAll()}, new SecureRandom());
        var socket = (SSLSocket) context.getSocketFactory().createSocket(HttpFixture.HOST, server.port());
        var parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(protocols);
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private RawClient connect(HttpServer server) throws Exception {
        return http.closing(new RawClient(handshake(server)));
    }

    @Test
    void onePortSpeaksBoth() throws Exception {
        var server = start(request -> Response.of(200, "text/plain", Body.of("secure=" + request.secure())));

        assertThat(connect(server).send(GET).receive().text()).isEqualTo("secure=true");
        assertThat(http.connect(server).send(GET).receive().text()).isEqualTo("secure=false");
        var client = connect(server);
        for (int i = 0; i < 3; i++) {
            assertThat(client.send(GET + GET).receive().text()).isEqualTo("secure=true");
            assertThat(client.receive().text()).isEqualTo("secure=true");
        }
    }

    @Test
    void theVersionOfTlsIsTold() throws Exception {
        var server = start(request -> Response.of(
                200, "text/plain", Body.of(String.valueOf(request.connection().tlsVersion()))));

        assertThat(connect(server).send(GET).receive().text()).isIn("1.2", "1.3");
        assertThat(http.connect(server).send(GET).receive().text()).isEqualTo("null");
    }

    @Test
    void plainPortRefusesTls() throws Exception {
        var server = http.start(request -> Response.of(200));

        assertThatThrownBy(() -> handshake(server).close()).isInstanceOf(IOException.class);
    }

    @Test
    void selfSignedCertificateNamesTheHostsTheirSubdomainsAndThisMachine() throws Exception {
        var server = start(request -> Response.of(200));

        try (var socket = handshake(server)) {
            var certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            assertThat(certificate.getSubjectAlternativeNames())
                    .extracting(name -> name.get(1).toString())
                    .containsExactlyInAnyOrder(
                            "s3.example.test",
                            "*.s3.example.test",
                            "localhost",
                            "*.localhost",
                            "127.0.0.1",
                            "0:0:0:0:0:0:0:1");
            certificate.verify(certificate.getPublicKey());
            certificate.checkValidity();
        }
    }

    @Test
    void onlyHttp11IsNegotiated() throws Exception {
        var server = start(request -> Response.of(200));

        try (var socket = handshake(server, "h2", "http/1.1")) {
            assertThat(socket.getApplicationProtocol()).isEqualTo("http/1.1");
        }
    }

    @Test
    void givenCertificateIsServed() throws Exception {
        var made = SelfSignedCertificate.of(List.of("given.example.test"));
        var given = new Tls.Given(
                pem("CERTIFICATE", made.certificate().getEncoded()),
                pem("PRIVATE KEY", made.key().getEncoded()));
        var server = http.start(config -> config.withTls(given), request -> Response.of(200));

        try (var socket = handshake(server)) {
            assertThat(socket.getSession().getPeerCertificates()).containsExactly(made.certificate());
        }
    }

    private Path pem(String kind, byte[] bytes) throws IOException {
        var text = Base64.getMimeEncoder().encodeToString(bytes);
        return Files.writeString(
                folder.resolve(kind + ".pem"),
                "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
    }

    @Test
    void certificateThatCannotBeUsedIsToldAtTheStart() throws Exception {
        var nonsense = Files.writeString(folder.resolve("nonsense.pem"), "nonsense");
        var missing = folder.resolve("missing.pem");

        assertThatThrownBy(() -> http.start(
                        config -> config.withTls(new Tls.Given(nonsense, nonsense)), request -> Response.of(200)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nonsense.pem");
        assertThatThrownBy(() -> http.start(
                        config -> config.withTls(new Tls.Given(missing, nonsense)), request -> Response.of(200)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("missing.pem");
    }

    @Test
    void largeBodiesPassUnchangedBothWays() throws Exception {
        var bytes = new byte[20_000_000];
        new Random(5).nextBytes(bytes);
        var server = start(request -> {
            var file = folder.resolve("body");
            try (var out = Files.newOutputStream(file)) {
                request.body().stream().transferTo(out);
            }
            var channel = FileChannel.open(file, StandardOpenOption.READ);
            return Response.of(200, "text/plain", new Body.FileRange(channel, 0, bytes.length));
        });

        var reply = connect(server)
                .send("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: " + bytes.length + "\r\n\r\n")
                .send(bytes)
                .receive();

        assertThat(reply.body()).isEqualTo(bytes);
    }

    @Test
    void writerIsHeldBackWhileTheClientDoesNotRead() throws Exception {
        var written = new AtomicLong();
        var server = start(request -> Response.of(
                200,
                "text/plain",
                new Body.Written(
                        out -> {
                            while (written.get() < 200_000_000) {
                                out.write(new byte[100_000]);
                                written.addAndGet(100_000);
                            }
                        },
                        200_000_000)));
        var client = connect(server);
        long memoryBefore = HttpFixture.directMemory();

        client.send(GET).receiveHead();
        HttpFixture.awaitStandstill(written);

        assertThat(written).hasValueLessThan(50_000_000);
        assertThat(HttpFixture.directMemory() - memoryBefore).isLessThan(4_000_000);
        assertThat(client.socket().getInputStream().readNBytes(200_000_000)).hasSize(200_000_000);
    }

    @Test
    void earlyAnswerArrivesWhileTheClientSends() throws Exception {
        var server = start(request -> Response.of(403, "text/plain", Body.of("no")));

        var reply = connect(server)
                .send("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 20000000\r\n\r\n")
                .send(new byte[20_000_000])
                .receive();

        assertThat(reply.text()).isEqualTo("no");
        assertThat(reply.header("Connection")).isEqualTo("close");
    }

    @Test
    void handlerLearnsThatItsClientHasGone() throws Exception {
        var gone = new CountDownLatch(1);
        var entered = new CountDownLatch(1);
        var server = start(request -> {
            request.connection().onClose(gone::countDown);
            entered.countDown();
            gone.await();
            return Response.of(200);
        });
        var client = connect(server).send(GET);
        entered.await();

        client.close();

        assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void handshakeThatIsNotFinishedIsCutOff() throws Exception {
        var server = http.start(
                config -> Configs.withTimeouts(config, Duration.ofMillis(300), Duration.ofSeconds(60))
                        .withTls(new Tls.SelfSigned(List.of())),
                request -> Response.of(200));

        try (var socket = new Socket(HttpFixture.HOST, server.port())) {
            socket.getOutputStream().write(new byte[] {22, 3, 1, 0, 100, 1});
            socket.setSoTimeout(20_000);
            assertThat(socket.getInputStream().readAllBytes()).hasSizeLessThan(100);
        }
    }
}
