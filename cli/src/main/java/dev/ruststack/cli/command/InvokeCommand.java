package dev.ruststack.cli.command;

import dev.ruststack.cli.CommandContext;
import dev.ruststack.cli.CommandException;
import dev.ruststack.cli.ExitCode;
import dev.ruststack.cli.stack.AdminClient;
import dev.ruststack.cli.terminal.Json;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./ruststack invoke NAME}. */
@Command(
        name = "invoke",
        header = "Invoke a function and print what it returns.",
        description = {
            "The result goes to standard output as it is; an error of the function goes there too, and ends with exit"
                    + " code 1."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ruststack invoke receipt --payload '{\"orderId\": \"1001\"}'",
            "  ruststack invoke receipt --payload-file event.json --tail",
            "  generate-event | ruststack invoke receipt --payload-file - | jq .",
            "  ruststack invoke receipt --async"
        })
final class InvokeCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private final StackChoice stack = new StackChoice();

    @Mixin
    private final OutputFormat output = new OutputFormat();

    @Parameters(paramLabel = "FUNCTION", description = "The function: its name or ARN.")
    private String function = "";

    @ArgGroup
    private @Nullable PayloadOptions payload;

    @Option(names = "--tail", description = "Print the last 4 KB of the invocation's log to standard error.")
    private boolean tail;

    @Option(names = "--async", description = "Hand the event over and do not wait (invocation type Event).")
    private boolean async;

    /** The event: one way or the other. */
    static final class PayloadOptions {
        @Option(
                names = {"-p", "--payload"},
                paramLabel = "JSON",
                description = "The event (default: {}).")
        @Nullable
        String text;

        @Option(
                names = {"-f", "--payload-file"},
                paramLabel = "FILE",
                description = "The event from a file; - for standard input.")
        @Nullable
        String file;
    }

    InvokeCommand(CommandContext context) {
        this.context = context;
    }

    /** What {@code --output json} prints. */
    record Invocation(
            int statusCode,
            @Nullable String functionError,
            @Nullable String log,
            @Nullable Object payload) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        var event = event();
        var headers = new LinkedHashMap<String, String>();
        headers.put("X-Amz-Invocation-Type", async ? "Event" : "RequestResponse");
        if (tail) {
            headers.put("X-Amz-Log-Type", "Tail");
        }
        try (var client = new AdminClient(stack.require(context))) {
            var response = client.invoke(function, headers, BodyPublishers.ofByteArray(event));
            var error = response.headers().firstValue("X-Amz-Function-Error");
            print(response, error.orElse(null));
            return (error.isPresent() ? ExitCode.FAILED : ExitCode.OK).code();
        }
    }

    private void print(HttpResponse<byte[]> response, @Nullable String error) throws IOException {
        var terminal = context.terminal();
        var log = response.headers()
                .firstValue("X-Amz-Log-Result")
                .map(encoded -> new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8))
                .orElse(null);
        if (output.json()) {
            Object payload = response.body().length == 0 ? null : Json.read(response.body(), Object.class);
            terminal.print(Json.of(new Invocation(response.statusCode(), error, log, payload)));
            return;
        }
        if (log != null) {
            terminal.note(log.stripTrailing());
        }
        terminal.out().write(response.body());
        if (response.body().length > 0) {
            terminal.out().println();
        }
        if (async) {
            terminal.note("Accepted; " + context.program() + " logs " + function + " shows what becomes of it.");
        }
        if (error != null) {
            terminal.error("the function failed (" + error + ")", "");
        }
    }

    private byte[] event() throws IOException {
        if (payload == null) {
            return "{}".getBytes(StandardCharsets.UTF_8);
        }
        if (payload.text != null) {
            return payload.text.getBytes(StandardCharsets.UTF_8);
        }
        var file = String.valueOf(payload.file);
        if (file.equals("-")) {
            return System.in.readAllBytes();
        }
        if (!Files.isRegularFile(Path.of(file))) {
            throw new CommandException(ExitCode.USAGE, "no such file: " + file);
        }
        return Files.readAllBytes(Path.of(file));
    }
}
