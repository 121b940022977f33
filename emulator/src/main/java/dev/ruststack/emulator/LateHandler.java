package dev.ruststack.emulator;

import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.ExchangeHandler;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stands behind a port until what serves it is there: services need to know the ports of one another, so all ports are
 * bound first. Who comes early waits a moment.
 */
final class LateHandler implements ExchangeHandler {
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final CountDownLatch isServed = new CountDownLatch(1);
    private volatile @Nullable ExchangeHandler handler;

    void serve(ExchangeHandler newHandler) {
        handler = newHandler;
        isServed.countDown();
    }

    @Override
    public Response handle(Request request) throws Exception {
        var now = handler;
        if (now == null && isServed.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            now = handler;
        }
        return now == null
                ? new Response(503, Headers.of("Retry-After", "1"), Body.of("starting\n"))
                : now.handle(request);
    }
}
