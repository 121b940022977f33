package dev.ruststack.cli.stack;

import dev.ruststack.cli.CommandException;
import dev.ruststack.cli.ExitCode;
import dev.ruststack.cli.terminal.Json;
import dev.ruststack.emulator.admin.AdminApi;
import dev.ruststack.emulator.seed.SeedReport;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Speaks with a running stack over its admin port. Its errors are for the user. */
public final class AdminClient implements AutoCloseable {
    private final RunningStack stack;
    private final HttpClient http = HttpClient.newBuilder()
            .proxy(HttpClient.Builder.NO_PROXY)
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    public AdminClient(RunningStack stack) {
        this.stack = stack;
    }

    private record Failure(@Nullable String error, @Nullable String reason) {}

    /** Why the stack is not ready; empty where it is. */
    public String notReady() throws InterruptedException {
        var response = send(request("ready").GET().build(), BodyHandlers.ofByteArray());
        if (response.statusCode() == 200) {
            return "";
        }
        var reason = Json.read(response.body(), Failure.class).reason();
        return reason == null ? "it does not say why" : reason;
    }

    /** The outcome of the last seeding. */
    public SeedReport report() throws InterruptedException {
        return seedReport(request("seed").GET());
    }

    /** Puts the stack back to what its declaration says. */
    public SeedReport reset() throws InterruptedException {
        return seedReport(request("reset").POST(BodyPublishers.noBody()));
    }

    /**
     * The log of a function as lines of JSON; ends with the log, or goes on with it.
     *
     * @param tail at most so many lines of what is there; negative for all
     */
    public InputStream logs(String function, boolean follow, int tail) throws InterruptedException {
        var query = "?follow=" + follow + (tail < 0 ? "" : "&tail=" + tail);
        var response = send(request("logs/" + encoded(function) + query).GET().build(), BodyHandlers.ofInputStream());
        try {
            if (response.statusCode() != 200) {
                throw failure(response.statusCode(), response.body().readAllBytes());
            }
        } catch (IOException e) {
            throw new CommandException(ExitCode.FAILED, "the log cannot be read: " + e.getMessage());
        }
        return response.body();
    }

    /**
     * Invokes a function, as Lambda's Invoke does.
     *
     * @param headers Lambda's, such as {@code X-Amz-Log-Type}
     */
    public HttpResponse<byte[]> invoke(String function, Map<String, String> headers, BodyPublisher payload)
            throws InterruptedException {
        var request = request("functions/" + encoded(function) + "/invocations").POST(payload);
        headers.forEach(request::header);
        var response = send(request.build(), BodyHandlers.ofByteArray());
        if (response.statusCode() >= 400) {
            throw failure(response.statusCode(), response.body());
        }
        return response;
    }

    private SeedReport seedReport(HttpRequest.Builder request) throws InterruptedException {
        var response = send(request.build(), BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw failure(response.statusCode(), response.body());
        }
        return Json.read(response.body(), SeedReport.class);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(stack.adminEndpoint() + AdminApi.BASE + path))
                .header("Authorization", "Bearer " + stack.adminToken());
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws InterruptedException {
        try {
            return http.send(request, handler);
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.NOT_RUNNING,
                    "stack " + stack.name() + " (pid " + stack.pid() + ") does not answer on " + stack.adminEndpoint()
                            + ": " + reason(e),
                    "It may be starting or stopping; ./ruststack status shows what runs.");
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** What the admin API says as {@code error}, or Lambda's API as {@code Message}. */
    private static CommandException failure(int status, byte[] body) {
        var text = new String(body, StandardCharsets.UTF_8);
        var said = text;
        if (text.startsWith("{")) {
            var document = Json.read(text, Map.class);
            for (var member : new String[] {"error", "Message", "message"}) {
                if (document.get(member) instanceof String message) {
                    said = message;
                    break;
                }
            }
        }
        return new CommandException(ExitCode.FAILED, said.isEmpty() ? "the stack answered " + status : said);
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
