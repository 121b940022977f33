package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.lambda.LambdaRig.Function;
import dev.ruststack.emulator.lambda.runtime.RuntimeApi;
import dev.ruststack.emulator.lambda.sandbox.PodLauncher;
import dev.ruststack.emulator.lambda.sandbox.RunnerApi;
import dev.ruststack.emulator.lambda.sandbox.Sandbox.Image;
import dev.ruststack.emulator.logs.FunctionLogs;
import dev.ruststack.emulator.logs.LogLine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Everything that runs functions in pods, the pods being {@link LocalPods}. */
final class PodRig implements AutoCloseable {
    static final int MAX_RUNNERS = 3;

    private final Path directory;
    final RuntimeApi api;
    final PodLauncher launcher;
    final LocalPods pods;
    final FunctionLogs logs = new FunctionLogs();
    private PooledInvoker invoker;

    PodRig(Path directory, Duration startLimit, Duration troubleLimit) throws IOException, InterruptedException {
        this.directory = directory;
        api = RuntimeApi.start("127.0.0.1", 0);
        launcher = new PodLauncher(LocalPods.KEY, MAX_RUNNERS, startLimit, troubleLimit, "pod");
        api.mount(RunnerApi.PREFIX, launcher.api());
        pods = new LocalPods(Files.createDirectories(directory.resolve("pods")), launcher, api.port());
        invoker = invoker(Duration.ofMinutes(10));
    }

    private PooledInvoker invoker(Duration idle) {
        var settings = LambdaSettings.of("eu-central-1", URI.create("http://127.0.0.1:4566"), "AKIAEXAMPLE", "secret")
                .withEnvironments(MAX_RUNNERS, Duration.ofSeconds(5), idle);
        return new PooledInvoker(settings, api, launcher, logs);
    }

    /** Ends environments that idle for so long. */
    void idle(Duration limit) {
        invoker.close();
        invoker = invoker(limit);
    }

    Function python(String code) throws IOException {
        return function("python3.12").with("main.py", code);
    }

    Function function(String runtime) throws IOException {
        var name = "f-" + UUID.randomUUID();
        return new Function(
                name, runtime, "main.handler", 60, Map.of(), Files.createDirectories(directory.resolve(name)));
    }

    Outcome invoke(Function function, String payload) throws InterruptedException {
        return invoker.invoke(function.configuration(), invocation(function, payload));
    }

    /** Invokes a function as it is configured here. */
    Outcome invoke(FunctionConfiguration configuration, Function function) throws InterruptedException {
        return invoker.invoke(configuration, invocation(function, "{}"));
    }

    /** Invokes it with layers, whose files lie in a directory. */
    Outcome invoke(Function function, Path layers) throws InterruptedException {
        var layer = new FunctionLayers.Layer(
                "arn:aws:lambda:eu-central-1:000000000000:layer:l:1",
                function.configuration().code());
        var configuration = function.configuration().toBuilder()
                .layers(new FunctionLayers(List.of(layer), layers))
                .build();
        return invoker.invoke(configuration, invocation(function, "{}"));
    }

    StreamedResponse stream(Function function, String payload) throws InterruptedException {
        return invoker.invokeStreaming(function.configuration(), invocation(function, payload));
    }

    Outcome invokeImage(Function function, List<String> entryPoint, List<String> command) throws InterruptedException {
        var image = new Image("registry.example/app:1", entryPoint, command, "/");
        var configuration = function.configuration().toBuilder().image(image).build();
        return invoker.invoke(configuration, invocation(function, "{}"));
    }

    private static Invocation invocation(Function function, String payload) {
        return new Invocation(
                UUID.randomUUID().toString(),
                payload.getBytes(StandardCharsets.UTF_8),
                function.arn(),
                null,
                "Root=1-67891233-abcdef012345678912345678");
    }

    /** The outcome of an invocation during which something happens to its pod. */
    Outcome failsWhileRunning(Function function, Consumer<String> what) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var outcome = threads.submit(() -> invoke(function, "{\"hang\": 1, \"say\": \"running\"}"));
            org.awaitility.Awaitility.await().until(() -> log(function).contains("running"));
            what.accept(pods.made().getLast().id());
            return outcome.get();
        }
    }

    List<String> log(Function function) {
        return logs.of(function.name()).lines().stream().map(LogLine::message).toList();
    }

    /** The status of a runner's first request. */
    int connect(String id, String token) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var uri = URI.create("http://127.0.0.1:" + api.port() + "/runner/v1/" + id + "/connect");
            var request = HttpRequest.newBuilder(uri)
                    .header("Authorization", "Bearer " + token)
                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    static String token(String id) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(LocalPods.KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(id.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() throws InterruptedException {
        invoker.close();
        launcher.close();
        pods.close();
        api.close();
    }
}
