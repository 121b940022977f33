package dev.ruststack.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseBodyTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

    @RegisterExtension
    final HttpFixture http = new HttpFixture();

    @TempDir
    Path folder;

    private final Queue<FileChannel> files = new ConcurrentLinkedQueue<>();
    private final byte[] content = new byte[3_000_000];

    @AfterEach
    void everyFileIsClosed() {
        Awaitility.await().untilAsserted(() -> assertThat(files).noneMatch(FileChannel::isOpen));
    }

    private Body.FileRange range(long offset, long length) throws IOException {
        var path = folder.resolve("blob");
        if (!Files.exists(path)) {
            new Random(3).nextBytes(content);
            Files.write(path, content);
        }
        var file = FileChannel.open(path, StandardOpenOption.READ);
        files.add(file);
        return new Body.FileRange(file, offset, length);
    }

    private static Response written(long length, Body.Writer writer) {
        return Response.of(200, "text/plain", new Body.Written(writer, length));
    }

    /** A writer that counts how often it is closed. */
    private record Counted(AtomicInteger closed, Body.Writer writer) implements Body.Writer {
        @Override
        public void writeTo(OutputStream out) throws IOException {
            writer.writeTo(out);
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    @Test
    void answerToHeadTellsTheSizeAndClosesTheBody() throws Exception {
        var server = http.start(request -> Response.of(200, "text/plain", range(0, 1234)));
        var client = http.connect(server);

        for (int i = 0; i < 2; i++) {
            var head = client.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n").receiveHead();
            assertThat(head).contains("Content-Length: 1234\r\n");
        }
    }

    @Test
    void contentLengthOfTheHandlerStaysInAnswersToHead() throws Exception {
        var server = http.start(request -> new Response(200, Headers.of("content-length", "77"), Body.empty()));

        var head =
                http.connect(server).send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n").receiveHead();

        assertThat(head).contains("Content-Length: 77\r\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void statusWithoutBodySendsNone(int status) throws Exception {
        var server = http.start(request -> Response.of(status, "text/plain", range(0, 10)));
        var client = http.connect(server);

        for (int i = 0; i < 2; i++) {
            var reply = client.send(GET).receive();
            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.header("Content-Length")).isEmpty();
        }
    }

    @Test
    void writerOfANotSentBodyIsClosed() throws Exception {
        var closed = new AtomicInteger();
        var server = http.start(request -> written(5, new Counted(closed, out -> out.write(new byte[5]))));
        var client = http.connect(server);

        client.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n").receiveHead();
        client.send(GET).receive();

        Awaitility.await().until(() -> closed.get() == 2);
    }

    @Test
    void unknownLengthIsChunkedAndFlushSendsAtOnce() throws Exception {
        var goOn = new CountDownLatch(1);
        var server = http.start(request -> written(-1, out -> {
            out.write("first".getBytes());
            out.flush();
            await(goOn);
            out.write(new byte[100_000]);
        }));
        var client = http.connect(server).send(GET);

        assertThat(client.receiveHead()).contains("Transfer-Encoding: chunked").doesNotContain("Content-Length");
        assertThat(client.socket().getInputStream().readNBytes(10)).asString().isEqualTo("5\r\nfirst\r\n");
        goOn.countDown();
        assertThat(client.socket().getInputStream().readNBytes(100_000)).isNotEmpty();
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void unknownLengthEndsWithTheConnectionForHttp10() throws Exception {
        var server = http.start(request -> written(-1, out -> out.write("all of it".getBytes())));

        var reply = http.connect(server)
                .send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                .receive();

        assertThat(reply.text()).isEqualTo("all of it");
        assertThat(reply.header("Connection")).isEqualTo("close");
    }

    @Test
    void everyKindOfBodyGoesInASequence() throws Exception {
        var server = http.start(request -> Response.of(
                200,
                "text/plain",
                new Body.Sequence(List.of(
                        Body.of("<"),
                        range(5, 2_000_000),
                        new Body.Written(
                                out -> out.write('-'), request.rawQuery().isEmpty() ? 1 : -1),
                        range(100, 0),
                        range(100, 100_000),
                        Body.of(">")))));
        var client = http.connect(server);

        for (var target : List.of("/", "/?chunked", "/")) {
            var body = client.send("GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n")
                    .receive()
                    .body();
            assertThat(body).hasSize(2_100_003).startsWith('<').endsWith('>');
            assertThat(Arrays.copyOfRange(body, 1, 2_000_001)).isEqualTo(Arrays.copyOfRange(content, 5, 2_000_005));
            assertThat(Arrays.copyOfRange(body, 2_000_002, 2_100_002))
                    .isEqualTo(Arrays.copyOfRange(content, 100, 100_100));
        }
    }

    @Test
    void writerThatFailsBeforeItsFirstBytesIs500() throws Exception {
        var server = http.start(request -> written(-1, out -> {
            out.write("not sent yet".getBytes());
            throw new IOException("secret");
        }));
        var client = http.connect(server);

        for (int i = 0; i < 2; i++) {
            var reply = client.send(GET).receive();
            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.text()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1_000_000, 200_000, 100_001})
    void writerThatFailsLaterCutsTheBody(long length) throws Exception {
        var server = http.start(request -> written(length, out -> {
            out.write(new byte[100_000]);
            out.flush();
            throw new IOException("half way");
        }));
        var client = http.connect(server).send(GET);

        assertThatThrownBy(client::receive).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {99_999, 100_001})
    void writerThatDoesNotKeepItsLengthCutsTheBody(int size) throws Exception {
        var server = http.start(request -> written(100_000, out -> {
            out.write(new byte[50_000]);
            out.flush();
            out.write(new byte[size - 50_000]);
        }));
        var client = http.connect(server).send(GET);

        assertThatThrownBy(client::receive).isInstanceOf(IOException.class);
    }

    @Test
    void contentLengthThatLiesIs500() throws Exception {
        var server = http.start(request -> new Response(200, Headers.of("Content-Length", "7"), range(0, 10)));

        assertThat(http.connect(server).send(GET).receive().status()).isEqualTo(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX-Evil: 1", "a\nX-Evil: 1", "a\rb", "a\0b"})
    void headerThatWouldSplitTheResponseIs500(String value) throws Exception {
        var server = http.start(request -> new Response(200, Headers.of("x-value", value), range(0, 10)));
        var client = http.connect(server);

        for (int i = 0; i < 2; i++) {
            var reply = client.send(GET).receive();
            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.head()).doesNotContain("Evil");
        }
    }

    @Test
    void headerNameThatIsNoneIs500() throws Exception {
        var server = http.start(request -> new Response(200, Headers.of("x value", "y"), Body.empty()));

        assertThat(http.connect(server).send(GET).receive().status()).isEqualTo(500);
    }

    @Test
    void framingHeadersOfTheHandlerAreReplaced() throws Exception {
        var server = http.start(request -> new Response(
                200, Headers.of("Transfer-Encoding", "gzip", "Connection", "close", "Date", "mine"), Body.of("x")));
        var client = http.connect(server);

        var reply = client.send(GET).receive();

        assertThat(reply.head())
                .containsOnlyOnce("Connection: close")
                .containsOnlyOnce("Date: mine")
                .doesNotContain("Transfer-Encoding");
        assertThat(client.isClosedByServer()).isTrue();
    }

    @Test
    void failingHandlerIsABare500AndTheConnectionStays() throws Exception {
        var server = http.start(request -> {
            throw new IllegalStateException("secret");
        });
        var client = http.connect(server);

        for (int i = 0; i < 2; i++) {
            var reply = client.send(GET).receive();
            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.head() + reply.text()).doesNotContain("secret", "Exception");
        }
    }

    @Test
    void emptyRangeOfAFileIsAnEmptyBody() throws Exception {
        var server = http.start(request -> Response.of(200, "text/plain", range(10, 0)));
        var client = http.connect(server);

        for (int i = 0; i < 2; i++) {
            assertThat(client.send(GET).receive().body()).isEmpty();
        }
    }

    @Test
    void fileThatIsDeletedWhileItIsSentArrivesWhole() throws Exception {
        var server = http.start(request -> {
            var range = range(0, content.length);
            Files.delete(folder.resolve("blob"));
            return Response.of(200, "text/plain", range);
        });

        assertThat(http.connect(server).send(GET).receive().body()).isEqualTo(content);
    }

    @Test
    void fileThatIsShorterThanItsRangeCutsTheBody() throws Exception {
        var server = http.start(request -> Response.of(200, "text/plain", range(0, content.length + 1)));
        var client = http.connect(server).send(GET);

        assertThatThrownBy(client::receive).isInstanceOf(IOException.class);
    }

    @Test
    void writerIsHeldBackWhileTheClientDoesNotRead() throws Exception {
        long size = 300_000_000;
        var written = new AtomicLong();
        var server = http.start(request -> written(size, out -> {
            var bytes = new byte[100_000];
            while (written.get() < size) {
                out.write(bytes);
                written.addAndGet(bytes.length);
            }
        }));
        var client = http.connect(server);
        long memoryBefore = HttpFixture.directMemory();
        client.send(GET).receiveHead();

        HttpFixture.awaitStandstill(written);
        assertThat(written).hasValueLessThan(50_000_000);
        assertThat(HttpFixture.directMemory() - memoryBefore).isLessThan(4_000_000);

        var in = client.socket().getInputStream();
        var buffer = new byte[1_000_000];
        long received = 0;
        while (received < size) {
            int count = in.read(buffer);
            assertThat(count).isPositive();
            received += count;
        }
        assertThat(HttpFixture.directMemory() - memoryBefore).isLessThan(4_000_000);
    }

    @Test
    void clientThatGoesAwayFailsTheWriterAndClosesTheBody() throws Exception {
        var failure = new CompletableFuture<IOException>();
        var closed = new AtomicInteger();
        var server = http.start(request -> written(-1, new Counted(closed, out -> {
            try {
                while (true) {
                    out.write(new byte[10_000]);
                }
            } catch (IOException e) {
                failure.complete(e);
                throw e;
            }
        })));

        var client = http.connect(server).send(GET);
        client.receiveHead();
        client.close();

        assertThat(failure.get(20, TimeUnit.SECONDS)).isNotNull();
        Awaitility.await().until(() -> closed.get() == 1);
    }

    @Test
    void clientThatStopsReadingIsClosedAfterTheIdleTimeout() throws Exception {
        var failure = new CompletableFuture<IOException>();
        var server = http.start(
                config -> Configs.withTimeouts(config, Duration.ofSeconds(60), Duration.ofMillis(300)),
                request -> request.rawPath().equals("/file")
                        ? Response.of(200, "text/plain", hugeFile())
                        : written(-1, out -> {
                            try {
                                while (true) {
                                    out.write(new byte[10_000]);
                                }
                            } catch (IOException e) {
                                failure.complete(e);
                                throw e;
                            }
                        }));

        http.connect(server).send(GET).receiveHead();
        http.connect(server).send("GET /file HTTP/1.1\r\nHost: h\r\n\r\n").receiveHead();

        assertThat(failure.get(20, TimeUnit.SECONDS)).isNotNull();
        Awaitility.await().untilAsserted(() -> assertThat(files).hasSize(1).noneMatch(FileChannel::isOpen));
    }

    private Body.FileRange hugeFile() throws IOException {
        var path = folder.resolve("huge");
        try (var sparse = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            sparse.write(java.nio.ByteBuffer.allocate(1), 200_000_000);
        }
        var file = FileChannel.open(path, StandardOpenOption.READ);
        files.add(file);
        return new Body.FileRange(file, 0, 200_000_000);
    }

    @Test
    void handlerLearnsThatItsClientHasGone() throws Exception {
        var gone = new CountDownLatch(1);
        var entered = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var server = http.start(request -> {
            request.connection().onClose(gone::countDown);
            entered.countDown();
            release.await();
            return Response.of(200, "text/plain", range(0, 10));
        });
        var client = http.connect(server).send(GET);
        entered.await();

        assertThat(gone.getCount()).isOne();
        client.close();

        assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
        release.countDown();
    }

    @Test
    void answeredRequestIsNotToldOfALaterClose() throws Exception {
        var told = new AtomicInteger();
        var server = http.start(request -> {
            request.connection().onClose(told::incrementAndGet);
            return Response.of(200);
        });

        try (var client = new RawClient(server.port())) {
            client.send(GET).receive();
        }
        server.close();

        assertThat(told).hasValue(0);
    }
}
