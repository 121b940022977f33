package dev.ruststack.emulator;

import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.ExchangeHandler;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;
import org.jspecify.annotations.Nullable;

/**
 * Stands behind a port until what serves it is there: services need to know the ports of one another, so all ports are
 * bound first.
 */
final class LateHandler implements ExchangeHandler {
    private volatile @Nullable ExchangeHandler handler;

    void serve(ExchangeHandler newHandler) {
        handler = newHandler;
    }

    @Override
    public Response handle(Request request) throws Exception {
        var now = handler;
        return now == null
                ? new Response(503, Headers.of("Retry-After", "1"), Body.of("starting\n"))
                : now.handle(request);
    }
}
