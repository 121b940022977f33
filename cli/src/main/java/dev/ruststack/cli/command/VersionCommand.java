package dev.ruststack.cli.command;

import dev.ruststack.cli.CommandContext;
import dev.ruststack.cli.ExitCode;
import dev.ruststack.cli.Version;
import dev.ruststack.cli.terminal.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./ruststack version}. */
@Command(name = "version", header = "Print the version of RustStack, and of the Java that runs it.")
final class VersionCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private final OutputFormat output = new OutputFormat();

    VersionCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var version = Version.current();
        var terminal = context.terminal();
        if (output.json()) {
            terminal.print(Json.of(version));
        } else {
            terminal.print("RustStack " + version.ruststack());
            terminal.print("Java " + version.java() + ", " + version.system());
        }
        return ExitCode.OK.code();
    }
}
