package dev.ruststack.emulator.lambda.runtime;

import dev.ruststack.emulator.http.ExchangeHandler;
import dev.ruststack.emulator.http.HttpServer;
import dev.ruststack.emulator.http.HttpServerConfig;
import dev.ruststack.emulator.http.Reply;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The Runtime API on a port of its own. Each process is told an address with an unguessable first path segment, which
 * tells it from the others; AWS's clients put it before their paths as it is. AWS: Lambda Developer Guide, Using the
 * Lambda runtime API.
 */
public final class RuntimeApi implements AutoCloseable {
    private static final List<Route> ROUTES = Stream.concat(
                    Stream.of(new InvocationNext(), new InvocationResponse(), new InvocationError(), new InitError()),
                    ExtensionRoutes.all().stream())
            .toList();

    private final SecureRandom random = new SecureRandom();
    private final Map<String, RuntimeSession> sessions = new ConcurrentHashMap<>();
    private final Map<String, ExchangeHandler> mounted = new ConcurrentHashMap<>();
    private final String host;
    private final HttpServer server;

    private RuntimeApi(String host, int port) throws IOException {
        this.host = InetAddress.getByName(host).isAnyLocalAddress() ? "127.0.0.1" : host;
        var defaults = HttpServerConfig.of("lambda-runtime-api", host, port);
        // A function may leave its connection silent for as long as it runs, or sleeps.
        this.server = HttpServer.start(
                new HttpServerConfig(
                        defaults.name(),
                        defaults.host(),
                        defaults.port(),
                        null,
                        defaults.maxRequestLineBytes(),
                        defaults.maxHeaderBytes(),
                        Duration.ofDays(1),
                        Duration.ofDays(1),
                        100_000,
                        Duration.ofMillis(500)),
                new Requests());
    }

    private final class Requests implements ExchangeHandler {
        @Override
        public Response handle(Request request) throws Exception {
            return RuntimeApi.this.handle(request);
        }

        @Override
        public boolean take(Request request, Reply reply) {
            return RuntimeApi.this.take(request, reply);
        }
    }

    /** Binds the port and serves; 0 takes a free one. */
    public static RuntimeApi start(String host, int port) throws IOException {
        return new RuntimeApi(host, port);
    }

    public int port() {
        return server.port();
    }

    /**
     * Opens a session for a process that is about to start; {@code onWaiting} runs each time it, or an extension, asks
     * for an event. What extensions ask to be told goes by {@code telemetry}.
     */
    public RuntimeSession open(RuntimeSession.Function function, Runnable onWaiting, Telemetry.Transport telemetry) {
        var token = new byte[16];
        random.nextBytes(token);
        var name = HexFormat.of().formatHex(token);
        var session = new RuntimeSession(host + ":" + port() + "/" + name, function, onWaiting, telemetry);
        sessions.put(name, session);
        return session;
    }

    /** Ends a session: its process is heard no more. */
    public void close(RuntimeSession session) {
        sessions.values().remove(session);
        session.close();
    }

    /** Has requests below a path answered by someone else, on the same port and with the same patience. */
    public void mount(String prefix, ExchangeHandler handler) {
        mounted.put(prefix, handler);
    }

    private Response handle(Request request) throws Exception {
        var path = request.rawPath();
        for (var each : mounted.entrySet()) {
            if (path.startsWith(each.getKey())) {
                return each.getValue().handle(request);
            }
        }
        return ofSession(request);
    }

    private boolean take(Request request, Reply reply) {
        try {
            var routed = routed(request);
            return routed != null && routed.route().take(routed.session(), routed.requestId(), request, reply);
        } catch (RuntimeApiException e) {
            reply.send(e.response());
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Response ofSession(Request request) throws IOException, InterruptedException {
        try {
            var routed = routed(request);
            if (routed == null) {
                throw RuntimeApiException.unknownRoute(request.method(), request.rawPath());
            }
            return routed.route().handle(routed.session(), routed.requestId(), request);
        } catch (RuntimeApiException e) {
            return e.response();
        }
    }

    /** Whose request it is and what it is; {@code requestId} is empty where the path has none. */
    private record Routed(RuntimeSession session, Route route, String requestId) {}

    private @Nullable Routed routed(Request request) {
        var path = request.rawPath();
        int end = path.indexOf('/', 1);
        var session = end < 0 ? null : sessions.get(path.substring(1, end));
        if (session == null) {
            return null;
        }
        for (var route : ROUTES) {
            var requestId = route.method().equals(request.method()) && path.startsWith(route.root(), end)
                    ? match(route.path(), path.substring(end + route.root().length()))
                    : null;
            if (requestId != null) {
                return new Routed(session, route, requestId);
            }
        }
        return null;
    }

    /** What stands in the place of the pattern's {@code *}, or null where the path is another. */
    private static @Nullable String match(String pattern, String path) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return pattern.equals(path) ? "" : null;
        }
        int suffix = pattern.length() - star - 1;
        boolean matches = path.length() >= star + suffix
                && path.startsWith(pattern.substring(0, star))
                && path.endsWith(pattern.substring(star + 1));
        return matches ? path.substring(star, path.length() - suffix) : null;
    }

    /** Ends every session, so that no process waits any more, and frees the port. */
    @Override
    public void close() {
        List.copyOf(sessions.values()).forEach(this::close);
        server.close();
    }
}
