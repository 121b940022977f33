package dev.ruststack.operator.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/** The admin port of an emulator that seeds whatever it is brought: the protocol, without the AWS behind it. */
final class Emulator implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    final List<String> reports = new CopyOnWriteArrayList<>();
    final List<String> seeds = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final ArrayNode items = MAPPER.createArrayNode();
    private List<Map<String, Object>> sandboxes = List.of();
    private int sequence = 1;
    private String revision = "";
    private boolean closed;

    Emulator(String address) throws IOException {
        server = HttpServer.create(new InetSocketAddress(address, 4567), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/_ruststack/v1/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            if (path.endsWith("/seed")) {
                seed(exchange.getRequestBody().readAllBytes());
                answer(exchange, 202, MAPPER.writeValueAsBytes(Map.of("revision", revision)));
            } else if (path.endsWith("/report")) {
                reports.add(new String(exchange.getRequestBody().readAllBytes()));
                exchange.sendResponseHeaders(204, -1);
            } else {
                var after =
                        Integer.parseInt(exchange.getRequestURI().getQuery().replaceAll(".*after=(-?[0-9]+).*", "$1"));
                answer(exchange, 200, state(after));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    /** Seeds as from a PUT, or from a mount. */
    synchronized void seed(byte[] gzip) throws IOException {
        JsonNode document = MAPPER.readTree(new GZIPInputStream(new ByteArrayInputStream(gzip)));
        revision = document.path("revision").asText();
        seeds.add(revision);
        items.removeAll();
        document.at("/stack/spec/buckets")
                .forEach(bucket -> items.addObject()
                        .put("kind", "Bucket")
                        .put("name", bucket.path("name").asText())
                        .put("origin", "Declared")
                        .put("state", "Ready"));
        changed();
    }

    /** Has every item be so from now on, with that reason. */
    synchronized void become(String state, String reason, String message) {
        items.forEach(item ->
                ((ObjectNode) item).put("state", state).put("reason", reason).put("message", message));
        changed();
    }

    synchronized void want(List<Map<String, Object>> wanted) {
        sandboxes = wanted;
        changed();
    }

    private void changed() {
        sequence++;
        notifyAll();
    }

    private synchronized byte[] state(int after) throws IOException, InterruptedException {
        while (sequence <= after && !closed) {
            wait();
        }
        return MAPPER.writeValueAsBytes(Map.of(
                "sequence",
                sequence,
                "bootId",
                "one",
                "version",
                "0.0.0",
                "ready",
                !revision.isEmpty(),
                "timings",
                Map.of("listening", Instant.now().toString()),
                "seed",
                revision.isEmpty()
                        ? Map.of("revision", "sha256:none", "state", "None")
                        : Map.of(
                                "revision",
                                revision,
                                "state",
                                "Applied",
                                "durationMilliseconds",
                                1,
                                "appliedTime",
                                "2026-01-01T00:00:00Z"),
                "items",
                items,
                "sandboxes",
                sandboxes));
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        server.stop(0);
    }
}
