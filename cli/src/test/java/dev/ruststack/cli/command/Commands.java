package dev.ruststack.cli.command;

import dev.ruststack.cli.CommandContext;
import dev.ruststack.cli.stack.StackDirectory;
import dev.ruststack.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** Runs commands in this JVM, each time as a new program with its own streams. */
final class Commands {
    private final Map<String, String> environment;

    /** @param runtime stands in for XDG_RUNTIME_DIR */
    Commands(Path runtime) {
        this(Map.of("XDG_RUNTIME_DIR", runtime.toString()));
    }

    Commands(Map<String, String> environment) {
        this.environment = environment;
    }

    record Ended(int exitCode, String out, String err) {}

    Ended run(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var terminal = Terminal.of(
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        var context = new CommandContext("./ruststack", environment, terminal, StackDirectory.of(environment));
        int code = RustStackCommand.commandLine(context).execute(arguments);
        return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
