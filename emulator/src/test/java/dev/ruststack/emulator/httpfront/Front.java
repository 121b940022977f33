package dev.ruststack.emulator.httpfront;

import dev.ruststack.emulator.http.HttpServer;
import dev.ruststack.emulator.http.HttpServerConfig;
import dev.ruststack.emulator.lambda.CodeArchives;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.FunctionSettings;
import dev.ruststack.emulator.lambda.Functions;
import dev.ruststack.emulator.lambda.ScriptedInvoker;
import dev.ruststack.emulator.lambda.TestClock;
import dev.ruststack.emulator.lambda.TestZip;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The HTTP front on a port of its own, before functions that do what a test says. */
final class Front implements AutoCloseable {
    static final String ARNS = "arn:aws:lambda:us-east-1:000000000000:function:";

    private final Path directory;
    private final CodeArchives archives;
    private final Functions functions;
    private final ScriptedInvoker invoker = new ScriptedInvoker();
    private final HttpFront front;
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    Front() {
        this(Target.REST_TIMEOUT);
    }

    Front(Duration timeout) {
        try {
            var clock = new TestClock(Instant.parse("2026-11-23T10:20:30.456Z"));
            directory = Files.createTempDirectory("front");
            archives = new CodeArchives(directory.resolve("code"), clock);
            functions = new Functions(archives, invoker, clock, Runnable::run);
            front = new HttpFront(
                    new HttpFront.Behind(functions, NoUrls.of(functions), invoker, NoUrls.SIGNED), timeout, clock);
            server = HttpServer.start(HttpServerConfig.of("front", "127.0.0.1", 0), front);
            create("web");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void create(String function) throws IOException {
        var name = new FunctionName("000000000000", "us-east-1", function, null);
        var settings = new FunctionSettings("python3.12", "app.handler", "r", null, null, null, null, null, null);
        functions.create(name, settings, archives.add(new ByteArrayInputStream(TestZip.of("a", "b"))), Map.of());
    }

    /** Serves these routes, written {@code GET /path}, all by the function web. */
    Front routes(String... routes) {
        return api(List.of(), routes);
    }

    Front api(List<String> binaryMediaTypes, String... routes) {
        var list = new ArrayList<Route>();
        for (var route : routes) {
            var words = route.split(" ");
            list.add(new Route(words[0], words[1], ARNS + (words.length > 2 ? words[2] : "web")));
        }
        front.routes(List.of(Api.declared("000000000000", "shop", "prod", binaryMediaTypes, list)), List.of());
        return this;
    }

    ScriptedInvoker invoker() {
        return invoker;
    }

    String host() {
        return "127.0.0.1:" + server.port();
    }

    HttpResponse<String> get(String path) {
        return send(path, request -> request);
    }

    HttpResponse<String> send(String path, UnaryOperator<HttpRequest.Builder> change) {
        return send(path, change, BodyHandlers.ofString());
    }

    HttpResponse<byte[]> sendForBytes(String path, UnaryOperator<HttpRequest.Builder> change) {
        return send(path, change, BodyHandlers.ofByteArray());
    }

    private <T> HttpResponse<T> send(
            String path, UnaryOperator<HttpRequest.Builder> change, HttpResponse.BodyHandler<T> handler) {
        try {
            var request = HttpRequest.newBuilder(URI.create("http://" + host() + path));
            return client.send(change.apply(request).build(), handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static UnaryOperator<HttpRequest.Builder> post(byte[] body, String... headers) {
        return request -> {
            request.POST(BodyPublishers.ofByteArray(body));
            return headers.length == 0 ? request : request.headers(headers);
        };
    }

    /** Sends these bytes and reads until the connection closes. */
    String raw(String request) throws IOException {
        try (var socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** The last event that a function got. */
    JsonNode event() {
        return JsonMapper.shared().readTree(eventText());
    }

    String eventText() {
        return new String(invoker.lastAsked().invocation().payload(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
        archives.close();
        Files.delete(directory);
    }
}
