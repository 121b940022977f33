package dev.ruststack.cli.command;

import dev.ruststack.cli.CommandContext;
import dev.ruststack.cli.ExitCode;
import dev.ruststack.cli.file.StackFile;
import dev.ruststack.cli.stack.AdminClient;
import dev.ruststack.cli.stack.StackDirectory;
import dev.ruststack.cli.terminal.Progress;
import dev.ruststack.cli.terminal.Terminal;
import dev.ruststack.cli.up.LocalStack;
import dev.ruststack.cli.up.UpOptions;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * {@code ./ruststack train}, for the launcher: does once what a usual {@code up} does, and ends. The JVM records what that
 * needed in its AOT cache (JEP 514), from which later starts take it.
 */
@Command(name = "train", hidden = true, header = "Start and end a small stack, to record what a start needs.")
final class TrainCommand implements Callable<Integer> {
    private static final String STACK = """
            apiVersion: ruststack.dev/v1alpha1
            kind: RustStack
            metadata: {name: training}
            spec:
              dynamodb: {mode: Disabled}
              buckets:
              - name: training
                objects: [{key: a, contentType: text/plain, content: {text: a}}]
              functions:
              - name: training
                runtime: python3.12
                handler: app.handler
                code: {files: {app.py: "def handler(event, context): return {'statusCode': 200, 'body': ''}"}}
              restApis:
              - name: training
                routes: [{path: /, method: GET, function: training}]
            """;

    private final CommandContext context;

    TrainCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        var folder = Files.createTempDirectory(StackDirectory.temporary(context.environment()), "ruststack-training");
        try (var nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8)) {
            train(folder, Terminal.of(nowhere, nowhere));
            return ExitCode.OK.code();
        } finally {
            Files.deleteIfExists(folder.resolve("stack.yaml"));
            Files.deleteIfExists(folder.resolve("ruststack"));
            Files.deleteIfExists(folder);
        }
    }

    private void train(Path folder, Terminal quiet) throws Exception {
        // A folder of its own for running stacks: this one is nobody's to see.
        var environment = new HashMap<>(context.environment());
        environment.put("XDG_RUNTIME_DIR", folder.toString());
        var own = new CommandContext(context.program(), environment, quiet, StackDirectory.of(environment));
        var file = Files.writeString(folder.resolve("stack.yaml"), STACK);
        var read = StackFile.read(file.toString(), System.in);
        var document = read.documents().getFirst();
        var options = new UpOptions(
                "127.0.0.1", new UpOptions.Ports(0, 0, 0, 0), List.of(), false, false, null, UpOptions.Docker.DEFAULT);
        try (var progress = new Progress(quiet);
                var stack = new LocalStack(own, document, options, progress)) {
            var started = stack.start(read.folder(), read.name());
            new ReadyScreen(own, document.spec(), started, stack.timings(), progress.elapsed()).print(false, true);
            use(started);
        }
    }

    private static void use(LocalStack.Started started) throws Exception {
        var stack = started.stack();
        var object = stack.awsEndpoint().resolve("/training/b");
        try (var http = HttpClient.newHttpClient();
                var client = new AdminClient(stack)) {
            http.send(
                    HttpRequest.newBuilder(object)
                            .PUT(BodyPublishers.ofString("b"))
                            .build(),
                    BodyHandlers.discarding());
            http.send(HttpRequest.newBuilder(object).build(), BodyHandlers.ofString());
            http.send(HttpRequest.newBuilder(stack.frontEndpoint()).build(), BodyHandlers.ofString());
            client.report();
            client.invoke("training", Map.of(), BodyPublishers.ofString("{}"));
        }
    }
}
