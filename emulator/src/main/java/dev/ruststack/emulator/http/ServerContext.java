package dev.ruststack.emulator.http;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What the connections of one server share. */
final class ServerContext {
    private final HttpServerConfig config;
    private final ExchangeHandler handler;
    private final @Nullable TlsContext tls;
    private final ThreadFactory threads;
    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch drained = new CountDownLatch(1);
    private volatile boolean stopping;

    /** Throws where the certificate that was given cannot be used. */
    ServerContext(HttpServerConfig config, ExchangeHandler handler) throws IOException {
        this.config = config;
        this.tls = config.tls() == null ? null : TlsContext.of(config.tls());
        this.handler = handler;
        this.threads = Thread.ofVirtual()
                .name("http-" + config.name())
                .inheritInheritableThreadLocals(false)
                .factory();
    }

    HttpServerConfig config() {
        return config;
    }

    ExchangeHandler handler() {
        return handler;
    }

    /** TLS beside plain HTTP; null for plain only. */
    @Nullable
    TlsContext tls() {
        return tls;
    }

    ThreadFactory threads() {
        return threads;
    }

    /** Counts a connection; whether it is within the limit. */
    boolean opened() {
        return connections.incrementAndGet() <= config.maxConnections();
    }

    void closed() {
        if (connections.decrementAndGet() == 0 && stopping) {
            drained.countDown();
        }
    }

    boolean isStopping() {
        return stopping;
    }

    void stop() {
        stopping = true;
        if (connections.get() == 0) {
            drained.countDown();
        }
    }

    /** Waits until no connection is left; whether that came in time. */
    boolean awaitDrained(long millis) throws InterruptedException {
        return drained.await(millis, TimeUnit.MILLISECONDS);
    }
}
