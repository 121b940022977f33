package dev.ruststack.emulator.admin;

import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.ExchangeHandler;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The admin port: {@code /_ruststack/v1}. Everything needs the bearer token but {@code live} and {@code ready}, which
 * kubelets ask, {@code info} and {@code metrics}. Errors are {@code {"error": "…"}}.
 */
public final class AdminApi implements ExchangeHandler {
    /** The type of a seed bundle, which is seeded in the background. */
    public static final String BUNDLE = "application/gzip";

    /** The path that every operation starts with. */
    public static final String BASE = "/_ruststack/v1/";

    private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LARGEST_DECLARATION = 2 * 1024 * 1024;
    private static final int LARGEST_BUNDLE = 64 * 1024 * 1024;
    private static final int LONGEST_WAIT = 60;
    private static final String WAIT_SECONDS = "waitSeconds is 0 to " + LONGEST_WAIT;
    private static final String SANDBOXES = "sandboxes/";
    private static final String REPORT = "/report";

    private final String token;
    private final Stack stack;

    public AdminApi(String token, Stack stack) {
        this.token = token;
        this.stack = stack;
    }

    /** What the admin API acts on. */
    public interface Stack {
        /** Why nobody should come yet, or null where they may, whatever became of single items. */
        @Nullable
        String notStarted(Duration wait) throws InterruptedException;

        /** Why the stack is not ready, or null where it is, at once or before {@code wait} is over. */
        @Nullable
        String notReady(Duration wait) throws InterruptedException;

        /** Version, endpoints, region and account, without secrets. */
        Map<String, Object> info();

        /** The outcome of the last seeding. */
        Record report();

        /** Seeds from a RustStack in YAML or JSON. Throws {@link InvalidDeclarationException}. */
        Record seed(byte[] declaration) throws InvalidDeclarationException, InterruptedException;

        /** Seeds a bundle in the background; returns its revision. Throws {@link InvalidDeclarationException}. */
        String seedBundle(byte[] gzip) throws InvalidDeclarationException;

        /** The state of the stack, once its sequence is past {@code after}, after {@code wait} at the latest. */
        Record state(long after, Duration wait) throws InterruptedException;

        /** Takes what became of a sandbox, in JSON; false where there is none with this id. */
        boolean report(String sandboxId, byte[] report) throws InvalidDeclarationException;

        /** Everything that is counted, in Prometheus's format. */
        String metrics();

        /** Back to what the last declaration says. */
        Record reset() throws InterruptedException, IOException;

        /** The log lines of a function as NDJSON; null where there is no such function. */
        @Nullable
        Body logs(String function, boolean follow, int tail);

        /** Invokes a function, as its Lambda API would. */
        Response invoke(String function, Request request) throws Exception;
    }

    /** A declaration that cannot be seeded; the message names every mistake. */
    public static final class InvalidDeclarationException extends Exception {
        @java.io.Serial
        private static final long serialVersionUID = 1;

        public InvalidDeclarationException(String message) {
            super(message);
        }
    }

    @Override
    public Response handle(Request request) throws Exception {
        var open = handleOpen(request);
        if (open != null) {
            return open;
        }
        if (!authorized(request)) {
            return error(401, "the admin API needs the stack's token: Authorization: Bearer …");
        }
        var path = request.rawPath();
        if (!path.startsWith(BASE)) {
            return error(404, "no such path: " + path);
        }
        return operation(request, path.substring(BASE.length()));
    }

    /** Answers what anyone may ask, on the AWS port too; null for everything else. */
    public @Nullable Response handleOpen(Request request) throws InterruptedException {
        return switch (request.method() + " " + request.rawPath()) {
            case "GET " + BASE + "live", "HEAD " + BASE + "live" -> json(200, Map.of("status", "live"));
            case "GET " + BASE + "started", "HEAD " + BASE + "started" -> judged(request, "started", stack::notStarted);
            case "GET " + BASE + "ready", "HEAD " + BASE + "ready" -> judged(request, "ready", stack::notReady);
            case "GET " + BASE + "metrics" -> Response.of(200, METRICS, Body.of(stack.metrics()));
            case "GET " + BASE + "info" -> json(200, stack.info());
            default -> null;
        };
    }

    private interface Judgement {
        @Nullable
        String obstacle(Duration wait) throws InterruptedException;
    }

    /** A kubelet looks once a second at the most: one that waits here hears at once. */
    private static Response judged(Request request, String what, Judgement judgement) throws InterruptedException {
        try {
            var wait = waitSeconds(request);
            if (wait == null) {
                return error(400, WAIT_SECONDS);
            }
            var reason = judgement.obstacle(wait);
            return reason == null
                    ? json(200, Map.of("status", what))
                    : json(503, Map.of("status", "not " + what, "reason", reason));
        } catch (NumberFormatException e) {
            return error(400, WAIT_SECONDS);
        }
    }

    private boolean authorized(Request request) {
        var given = request.headers().first("Authorization", "").getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(given, ("Bearer " + token).getBytes(StandardCharsets.UTF_8));
    }

    private Response operation(Request request, String path) throws Exception {
        var operation = request.method() + " " + path;
        if (operation.equals("GET seed")) {
            return json(200, stack.report());
        }
        if (operation.equals("PUT seed")) {
            return seed(request);
        }
        if (operation.equals("GET state")) {
            return state(request);
        }
        if (request.method().equals("POST") && path.startsWith(SANDBOXES) && path.endsWith(REPORT)) {
            return report(request, path.substring(SANDBOXES.length(), path.length() - REPORT.length()));
        }
        if (operation.equals("POST reset")) {
            return json(200, stack.reset());
        }
        if (request.method().equals("GET") && path.startsWith("logs/")) {
            return logs(request, path.substring("logs/".length()));
        }
        if (request.method().equals("POST") && path.startsWith("functions/") && path.endsWith("/invocations")) {
            var name = path.substring("functions/".length(), path.length() - "/invocations".length());
            return stack.invoke(name, request);
        }
        return error(404, "no such operation: " + operation);
    }

    private Response seed(Request request) throws IOException, InterruptedException {
        if (request.headers().first("Content-Type", "").equals(BUNDLE)) {
            return bundle(request);
        }
        var declaration = request.body().stream().readNBytes(LARGEST_DECLARATION + 1);
        if (declaration.length > LARGEST_DECLARATION) {
            return error(413, "a declaration has at most " + LARGEST_DECLARATION + " bytes");
        }
        try {
            return json(200, stack.seed(declaration));
        } catch (InvalidDeclarationException e) {
            return error(400, String.valueOf(e.getMessage()));
        }
    }

    private Response bundle(Request request) throws IOException {
        var bundle = request.body().stream().readNBytes(LARGEST_BUNDLE + 1);
        if (bundle.length > LARGEST_BUNDLE) {
            return error(413, "a seed bundle has at most " + LARGEST_BUNDLE + " bytes");
        }
        try {
            return json(202, Map.of("revision", stack.seedBundle(bundle)));
        } catch (InvalidDeclarationException e) {
            return error(400, String.valueOf(e.getMessage()));
        }
    }

    private Response state(Request request) throws InterruptedException {
        try {
            long after = number(request, "after", -1);
            var wait = waitSeconds(request);
            return wait == null ? error(400, WAIT_SECONDS) : json(200, stack.state(after, wait));
        } catch (NumberFormatException e) {
            return error(400, "after and waitSeconds are numbers");
        }
    }

    /** Null where it is out of its bounds. */
    private static @Nullable Duration waitSeconds(Request request) {
        long wait = number(request, "waitSeconds", 0);
        return wait < 0 || wait > LONGEST_WAIT ? null : Duration.ofSeconds(wait);
    }

    private static long number(Request request, String name, long otherwise) {
        var given = request.query().first(name);
        return given == null || given.isEmpty() ? otherwise : Long.parseLong(given);
    }

    private Response report(Request request, String sandboxId) throws IOException {
        var report = request.body().stream().readNBytes(LARGEST_DECLARATION + 1);
        try {
            return stack.report(sandboxId, report)
                    ? Response.of(204)
                    : error(404, "no sandbox " + sandboxId + " is wanted");
        } catch (InvalidDeclarationException e) {
            return error(400, String.valueOf(e.getMessage()));
        }
    }

    private Response logs(Request request, String function) {
        var query = request.query();
        int tail;
        try {
            var given = query.first("tail");
            tail = given == null || given.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(given);
        } catch (NumberFormatException e) {
            return error(400, "tail is a number of lines");
        }
        var lines = stack.logs(function, "true".equals(query.first("follow")), tail);
        return lines == null
                ? error(404, "no function " + function)
                : new Response(200, Headers.of("Content-Type", "application/x-ndjson"), lines);
    }

    private static Response json(int status, Object document) {
        return Response.of(status, "application/json", Body.of(JSON.writeValueAsBytes(document)));
    }

    private static Response error(int status, String text) {
        return json(status, Map.of("error", text));
    }
}
