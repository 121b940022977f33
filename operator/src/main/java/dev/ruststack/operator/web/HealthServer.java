package dev.ruststack.operator.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/** The operator's port for probes and metrics: {@code /livez}, {@code /readyz}, {@code /metrics}. */
public final class HealthServer implements AutoCloseable {
    private final HttpServer server;

    /** Listens at once. Port 0 takes any. */
    public HealthServer(int port, BooleanSupplier live, BooleanSupplier ready, OperatorMetrics metrics)
            throws IOException {
        server = HttpServer.create(new InetSocketAddress(port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/livez", exchange -> judge(exchange, live));
        server.createContext("/readyz", exchange -> judge(exchange, ready));
        server.createContext("/metrics", exchange -> answer(exchange, 200, metrics.text()));
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private static void judge(HttpExchange exchange, BooleanSupplier isWell) throws IOException {
        var well = isWell.getAsBoolean();
        answer(exchange, well ? 200 : 503, well ? "ok\n" : "no\n");
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        try (exchange) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
