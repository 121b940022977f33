package dev.ruststack.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.util.ResourceLeakDetector;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestBodyTest {
    private static final String MEGABYTE_HEAD = "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: ";

    @RegisterExtension
    final HttpFixture http = new HttpFixture();

    @Test
    void continueIsSentWhenTheHandlerReads() throws Exception {
        var mayRead = new CountDownLatch(1);
        var server = http.start(request -> {
            mayRead.await();
            return Response.of(
                    200, "text/plain", Body.of(request.body().stream().readAllBytes()));
        });
        var client = http.connect(server)
                .send("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");

        client.socket().setSoTimeout(200);
        assertThatThrownBy(client::receive).isInstanceOf(SocketTimeoutException.class);
        client.socket().setSoTimeout(20_000);
        mayRead.countDown();

        assertThat(client.receiveHead()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
        var reply = client.send("hello").receive();
        assertThat(reply.text()).isEqualTo("hello");
        assertThat(client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").receive().status())
                .isEqualTo(200);
    }

    @Test
    void aBodyThatNeverComesAfterTheClientsEndFailsAtOnce() throws Exception {
        var server = http.start(request -> {
            if (request.method().equals("GET")) {
                var gone = new CountDownLatch(1);
                request.connection().onClose(gone::countDown);
                gone.await();
                return Response.of(200, "text/plain", Body.of("first"));
            }
            try {
                return Response.of(
                        200, "text/plain", Body.of(request.body().stream().readAllBytes()));
            } catch (EOFException e) {
                return Response.of(400, "text/plain", Body.of("cut"));
            }
        });
        var client = http.connect(server)
                .send("GET / HTTP/1.1\r\nHost: h\r\n\r\nPUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhel");
        client.socket().shutdownOutput();

        assertThat(client.receive().text()).isEqualTo("first");
        assertThat(client.receive().text()).isEqualTo("cut");
        assertThat(client.isClosedByServer()).isTrue();
    }

    @Test
    void handlerThatRefusesWithoutReadingSendsNoContinue() throws Exception {
        var server = http.start(request -> Response.of(403, "text/plain", Body.of("no")));
        var client = http.connect(server);

        var reply = client.send("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n")
                .receive();

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.header("Connection")).isEqualTo("close");
        assertThat(client.isClosedByServer()).isTrue();
    }

    @Test
    void noContinueIsSentWhereTheBodyHasCome() throws Exception {
        var server = http.start(request ->
                Response.of(200, "text/plain", Body.of(request.body().stream().readAllBytes())));
        var client = http.connect(server);

        var reply = client.send("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\nhello")
                .receive();

        assertThat(reply.text()).isEqualTo("hello");
    }

    @Test
    void smallUnreadBodyIsReadOverAndTheConnectionStays() throws Exception {
        var server = http.start(request -> Response.of(403, "text/plain", Body.of("no")));
        var client = http.connect(server);

        for (int i = 0; i < 3; i++) {
            var reply = client.send("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 500000\r\n\r\n")
                    .send(new byte[500_000])
                    .receive();
            assertThat(reply.status()).isEqualTo(403);
            reply = client.send("PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n7a120\r\n")
                    .send(new byte[500_000])
                    .send("\r\n0\r\n\r\n")
                    .receive();
            assertThat(reply.header("Connection")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 100000000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n5f5e100\r\n"})
    void clientGetsAnEarlyAnswerEvenWhileItSendsALargeBody(String framing) throws Exception {
        var server = http.start(request -> Response.of(403, "text/plain", Body.of("no")));
        var client = http.connect(server);

        client.send("PUT / HTTP/1.1\r\nHost: h\r\n" + framing);
        for (int i = 0; i < 100; i++) {
            client.send(new byte[1_000_000]);
        }
        client.socket().shutdownOutput();

        assertThat(client.receive().text()).isEqualTo("no");
        assertThat(client.isClosedByServer()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 10\r\n\r\nhello", "Transfer-Encoding: chunked\r\n\r\na\r\nhello"})
    void clientThatClosesWithinTheBodyFailsTheReader(String body) throws Exception {
        var failure = new CompletableFuture<IOException>();
        var server = http.start(request -> {
            try {
                request.body().stream().readAllBytes();
            } catch (IOException e) {
                failure.complete(e);
            }
            return Response.of(200);
        });

        http.connect(server).send("PUT / HTTP/1.1\r\nHost: h\r\n" + body).close();

        assertThat(failure.get(20, TimeUnit.SECONDS)).isInstanceOf(EOFException.class);
    }

    @Test
    void stalledBodyIs408() throws Exception {
        var failure = new CompletableFuture<IOException>();
        var server = http.start(
                config -> Configs.withTimeouts(config, Duration.ofSeconds(60), Duration.ofMillis(200)), request -> {
                    try {
                        request.body().stream().readAllBytes();
                    } catch (IOException e) {
                        failure.complete(e);
                        throw e;
                    }
                    return Response.of(200);
                });
        var client = http.connect(server);

        var reply = client.send("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nhello")
                .receive();

        assertThat(failure.get(20, TimeUnit.SECONDS)).isInstanceOf(SocketTimeoutException.class);
        assertThat(reply.status()).isEqualTo(408);
        assertThat(client.isClosedByServer()).isTrue();
    }

    @Test
    void slowHandlerIsNoStalledClient() throws Exception {
        var server = http.start(
                config -> Configs.withTimeouts(config, Duration.ofSeconds(1), Duration.ofSeconds(1)), request -> {
                    var waited = new CountDownLatch(1).await(2, TimeUnit.SECONDS);
                    var bytes = request.body().stream().readAllBytes();
                    return Response.of(200, "text/plain", Body.of(waited + ":" + bytes.length));
                });

        var reply = http.connect(server)
                .send(MEGABYTE_HEAD + "1000000\r\n\r\n")
                .send(new byte[1_000_000])
                .receive();

        assertThat(reply.text()).isEqualTo("false:1000000");
    }

    @Test
    void senderIsHeldBackWhileTheHandlerDoesNotRead() throws Exception {
        long size = 300_000_000;
        var mayRead = new CountDownLatch(1);
        var server = http.start(request -> {
            mayRead.await();
            var crc = new CRC32();
            request.body().stream().transferTo(new OutputStream() {
                @Override
                public void write(int b) {
                    crc.update(b);
                }

                @Override
                public void write(byte[] bytes, int offset, int count) {
                    crc.update(bytes, offset, count);
                }
            });
            return Response.of(200, "text/plain", Body.of(Long.toString(crc.getValue())));
        });
        var client = http.connect(server).send(MEGABYTE_HEAD + size + "\r\n\r\n");
        long memoryBefore = HttpFixture.directMemory();
        var sent = new AtomicLong();
        var expected = new CompletableFuture<Long>();
        Thread.ofVirtual().start(() -> expected.complete(pump(client, size, sent)));

        HttpFixture.awaitStandstill(sent);
        assertThat(sent).hasValueLessThan(50_000_000);
        assertThat(HttpFixture.directMemory() - memoryBefore).isLessThan(4_000_000);
        mayRead.countDown();

        assertThat(client.receive().text()).isEqualTo(Long.toString(expected.get()));
        assertThat(HttpFixture.directMemory() - memoryBefore).isLessThan(4_000_000);
    }

    private static long pump(RawClient client, long size, AtomicLong sent) {
        var crc = new CRC32();
        var bytes = new byte[100_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        try {
            while (sent.get() < size) {
                client.send(bytes);
                crc.update(bytes);
                sent.addAndGet(bytes.length);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return crc.getValue();
    }

    @Test
    void tinyChunksAreHeldBackToo() throws Exception {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.SIMPLE);
        var mayRead = new CountDownLatch(1);
        var server = http.start(request -> {
            mayRead.await();
            return Response.of(
                    200, "text/plain", Body.of("" + request.body().stream().readAllBytes().length));
        });
        var client = http.connect(server).send("PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
        long memoryBefore = HttpFixture.directMemory();
        var sent = new AtomicLong();
        Thread.ofVirtual().start(() -> {
            var chunks = "1\r\nx\r\n".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
            try {
                for (; sent.get() < 3_000_000; sent.addAndGet(10_000)) {
                    client.send(chunks);
                }
                client.send("0\r\n\r\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        HttpFixture.awaitStandstill(sent);
        assertThat(sent).hasValueLessThan(3_000_000);
        assertThat(HttpFixture.directMemory() - memoryBefore).isLessThan(4_000_000);
        mayRead.countDown();

        assertThat(client.receive().text()).isEqualTo("3000000");
    }

    @Test
    void streamBehavesAsAnInputStream() throws Exception {
        var seen = new LinkedBlockingQueue<Object>();
        var server = http.start(request -> {
            var in = request.body().stream();
            seen.add(request.body().length());
            seen.add(in.read());
            seen.add(in.read(new byte[10], 3, 0));
            seen.add(in.skip(2));
            seen.add(new String(in.readNBytes(3)));
            seen.add(in.read());
            seen.add(in.read(new byte[5]));
            in.close();
            return Response.of(200);
        });

        http.connect(server)
                .send("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 6\r\n\r\n0123ab")
                .receive();

        assertThat(seen).containsExactly(6L, (int) '0', 0, 2L, "3ab", -1, -1);
    }
}
