package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.lambda.runtime.RuntimeApi;
import dev.ruststack.emulator.lambda.sandbox.ProcessLauncher;
import dev.ruststack.emulator.logs.FunctionLogs;
import dev.ruststack.emulator.logs.LogLine;
import dev.ruststack.emulator.process.ProcessGuard;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Everything that runs functions, on free ports, for functions written down in a test. */
final class LambdaRig implements AutoCloseable {
    static final String REGION = "eu-central-1";

    private final Path directory;
    final ProcessGuard guard;
    final RuntimeApi api;
    final ProcessLauncher launcher;
    final FunctionLogs logs = new FunctionLogs();
    final PooledInvoker invoker;

    private LambdaRig(Path directory, String searchPath, UnaryOperator<LambdaSettings> change) throws IOException {
        this.directory = directory;
        guard = ProcessGuard.start();
        api = RuntimeApi.start("127.0.0.1", 0);
        launcher = ProcessLauncher.in(directory.resolve("work"), searchPath, guard);
        var settings =
                LambdaSettings.of(REGION, URI.create("http://127.0.0.1:4566"), "AKIAEXAMPLE", "secret-of-the-stack");
        invoker = new PooledInvoker(change.apply(settings), api, launcher, logs);
    }

    static LambdaRig in(Path directory) throws IOException {
        return in(directory, UnaryOperator.identity());
    }

    static LambdaRig in(Path directory, UnaryOperator<LambdaSettings> change) throws IOException {
        return new LambdaRig(directory, System.getenv("PATH"), change);
    }

    static LambdaRig withSearchPath(Path directory, String searchPath) throws IOException {
        return new LambdaRig(directory, searchPath, UnaryOperator.identity());
    }

    Path work() {
        return directory.resolve("work");
    }

    /** A Python function: {@code main.handler}. */
    Function python(String code) throws IOException {
        return function("python3.12").with("main.py", code).handler("main.handler");
    }

    /** A Node.js function: {@code index.handler}, CommonJS. */
    Function node(String code) throws IOException {
        return function("nodejs20.x").with("index.js", code).handler("index.handler");
    }

    /** A function in any language: the script is its {@code bootstrap}. */
    Function provided(String script) throws IOException {
        return function("provided.al2023").with("bootstrap", script);
    }

    Function function(String runtime) throws IOException {
        var name = "f-" + UUID.randomUUID();
        return new Function(
                name, runtime, "main.handler", 30, Map.of(), Files.createDirectories(directory.resolve(name)));
    }

    Outcome invoke(Function function, String payload) throws InterruptedException {
        return invoker.invoke(function.configuration(), invocation(function, payload));
    }

    Invocation invocation(Function function, String payload) {
        return new Invocation(
                UUID.randomUUID().toString(),
                payload.getBytes(StandardCharsets.UTF_8),
                function.arn(),
                null,
                "Root=1-67891233-abcdef012345678912345678;Parent=53995c3f42cd8ad8;Sampled=0");
    }

    /** What a function returned; fails where it did not. */
    JsonNode result(Function function, String payload) throws InterruptedException {
        return switch (invoke(function, payload)) {
            case Outcome.Returned(var result, var tail) -> json(result);
            case Outcome.Failed failed -> throw new AssertionError(text(failed.payload()) + "\n" + tail(failed));
        };
    }

    /** The error document of a function; fails where it returned. */
    JsonNode error(Function function, String payload) throws InterruptedException {
        return json(failure(function, payload).payload());
    }

    Outcome.Failed failure(Function function, String payload) throws InterruptedException {
        return switch (invoke(function, payload)) {
            case Outcome.Returned(var result, var tail) -> throw new AssertionError(text(result));
            case Outcome.Failed failed -> failed;
        };
    }

    List<String> log(Function function) {
        return logs.of(function.name()).lines().stream().map(LogLine::message).toList();
    }

    static JsonNode json(byte[] document) {
        return JsonMapper.shared().readTree(document);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static String tail(Outcome outcome) {
        return text(outcome.logTail());
    }

    @Override
    public void close() {
        invoker.close();
        api.close();
        launcher.close();
        guard.close();
    }

    /** A function of a test. */
    record Function(
            String name, String runtime, String handler, int timeout, Map<String, String> environment, Path code) {
        String arn() {
            return "arn:aws:lambda:" + REGION + ":000000000000:function:" + name;
        }

        /** Adds a file to the package; scripts can be executed. */
        Function with(String file, String content) throws IOException {
            var path = code.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, content);
            path.toFile().setExecutable(content.startsWith("#!"));
            return this;
        }

        Function handler(String newHandler) {
            return new Function(name, runtime, newHandler, timeout, environment, code);
        }

        Function runtime(String newRuntime) {
            return new Function(name, newRuntime, handler, timeout, environment, code);
        }

        Function timeout(int seconds) {
            return new Function(name, runtime, handler, seconds, environment, code);
        }

        Function environment(Map<String, String> variables) {
            return new Function(name, runtime, handler, timeout, variables, code);
        }

        FunctionConfiguration configuration() {
            return new FunctionConfiguration(
                    name,
                    arn(),
                    "$LATEST",
                    runtime,
                    handler,
                    "arn:aws:iam::000000000000:role/test",
                    "",
                    256,
                    timeout,
                    512,
                    environment,
                    List.of("x86_64"),
                    new FunctionConfiguration.Code("", 0, code, code),
                    null,
                    FunctionLayers.NONE,
                    ServiceSettings.NONE,
                    FunctionConfiguration.State.ACTIVE,
                    FunctionConfiguration.UpdateStatus.SUCCESSFUL,
                    Instant.EPOCH,
                    "revision");
        }
    }
}
