package dev.ruststack.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Servers and raw clients of one test; at its end they are closed, and every network buffer must be free again. */
final class HttpFixture implements BeforeEachCallback, AfterEachCallback {
    static final String HOST = "127.0.0.1";

    private final List<AutoCloseable> opened = new ArrayList<>();
    private long buffersBefore;

    @Override
    public void beforeEach(ExtensionContext context) {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        buffersBefore = buffersInUse();
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        for (var one : opened.reversed()) {
            one.close();
        }
        await("buffers are free").untilAsserted(() -> assertThat(buffersInUse()).isEqualTo(buffersBefore));
    }

    /** Buffers that were allocated and not freed; those do not count that a thread of an event loop keeps for its next. */
    static long buffersInUse() {
        var allocator = (PooledByteBufAllocator) EventLoops.allocator();
        var loops = EventLoops.acquire();
        try {
            // The first time frees what was not used since the last time, the second time the rest.
            for (int i = 0; i < 2; i++) {
                loops.forEach(loop ->
                        loop.submit(() -> allocator.trimCurrentThreadCache()).syncUninterruptibly());
            }
        } finally {
            EventLoops.release();
        }
        return allocator.metric().directArenas().stream()
                .mapToLong(arena -> arena.numActiveAllocations())
                .sum();
    }

    /** The memory that network buffers take from the operating system. */
    static long directMemory() {
        return ((PooledByteBufAllocator) EventLoops.allocator()).metric().usedDirectMemory();
    }

    /** Waits until a counter has started and then stood still for a while. */
    static void awaitStandstill(AtomicLong counter) {
        var last = new AtomicLong(-1);
        await().during(Duration.ofMillis(500)).until(() -> {
            long seen = counter.get();
            return seen > 0 && last.getAndSet(seen) == seen;
        });
    }

    <T extends AutoCloseable> T closing(T resource) {
        opened.add(resource);
        return resource;
    }

    HttpServer start(ExchangeHandler handler) throws IOException {
        return start(config -> config, handler);
    }

    HttpServer start(UnaryOperator<HttpServerConfig> change, ExchangeHandler handler) throws IOException {
        return closing(HttpServer.start(change.apply(HttpServerConfig.of("test", HOST, 0)), handler));
    }

    RawClient connect(HttpServer server) throws IOException {
        return closing(new RawClient(server.port()));
    }

    /** A client with its defaults, which offers an upgrade to HTTP/2. */
    HttpClient client() {
        return closing(HttpClient.newHttpClient());
    }

    static HttpRequest.Builder request(HttpServer server, String target) {
        return HttpRequest.newBuilder(URI.create("http://" + HOST + ":" + server.port() + target));
    }
}
