package dev.ruststack.cli.command;

import dev.ruststack.cli.CommandContext;
import dev.ruststack.cli.ExitCode;
import dev.ruststack.cli.stack.AdminClient;
import dev.ruststack.cli.terminal.Json;
import dev.ruststack.cli.terminal.Style;
import dev.ruststack.cli.terminal.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./ruststack logs NAME}. */
@Command(
        name = "logs",
        header = "Print the log of a function, and follow it.",
        description = {"What the function writes, and Lambda's START, END and REPORT lines."},
        footerHeading = "%nExamples:%n",
        footer = {
            "  ruststack logs orders",
            "  ruststack logs orders --follow --tail 20",
            "  ruststack logs orders -o json | jq -r 'select(.stream == \"stderr\").message'"
        })
final class LogsCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private final StackChoice stack = new StackChoice();

    @Mixin
    private final OutputFormat output = new OutputFormat();

    @Parameters(paramLabel = "FUNCTION", description = "The function.")
    private String function = "";

    @Option(
            names = {"-F", "--follow"},
            description = "Go on with what is written from now on, until Ctrl-C.")
    private boolean follow;

    @Option(
            names = {"-t", "--tail"},
            paramLabel = "LINES",
            defaultValue = "-1",
            showDefaultValue = Help.Visibility.NEVER,
            description = "Only the last lines of what is there (default: all that is kept).")
    private int tail = -1;

    LogsCommand(CommandContext context) {
        this.context = context;
    }

    private record Line(
            @Nullable String timestamp,
            @Nullable String stream,
            @Nullable String requestId,
            String message) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        var running = stack.require(context);
        var terminal = context.terminal();
        try (var client = new AdminClient(running);
                var lines = new BufferedReader(
                        new InputStreamReader(client.logs(function, follow, tail), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                terminal.print(output.json() ? line : text(Json.read(line, Line.class), terminal));
                if (terminal.out().checkError()) {
                    // Whoever read this has gone, such as `| head`.
                    return ExitCode.OK.code();
                }
            }
            return ExitCode.OK.code();
        } catch (IOException e) {
            if (!running.alive()) {
                terminal.note("stack " + running.name() + " has stopped");
                return ExitCode.OK.code();
            }
            throw e;
        }
    }

    private static String text(Line line, Terminal terminal) {
        var time = line.timestamp() == null ? "" : terminal.styled(Style.FAINT, line.timestamp()) + " ";
        var message = line.message().stripTrailing();
        return time + ("stderr".equals(line.stream()) ? terminal.styled(Style.YELLOW, message) : message);
    }
}
