package dev.ruststack.cli.command;

import dev.ruststack.cli.CommandContext;
import dev.ruststack.cli.stack.RunningStack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of every command that speaks to a running stack. */
final class StackChoice {
    @Option(
            names = {"-n", "--name"},
            paramLabel = "STACK",
            description = "The running stack to speak to, by its name or pid; needed only where more than one runs.")
    private @Nullable String name;

    @Nullable
    String name() {
        return name;
    }

    RunningStack require(CommandContext context) {
        return context.stacks().require(name);
    }
}
