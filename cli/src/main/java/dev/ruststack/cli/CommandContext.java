package dev.ruststack.cli;

import dev.ruststack.cli.stack.StackDirectory;
import dev.ruststack.cli.terminal.Terminal;
import java.util.Map;

/**
 * What every command has at hand.
 *
 * @param program how this program was called, for hints: {@code ./ruststack}
 * @param environment the variables of the process
 */
public record CommandContext(
        String program, Map<String, String> environment, Terminal terminal, StackDirectory stacks) {
    public CommandContext {
        environment = Map.copyOf(environment);
    }

    /** That of this process. */
    public static CommandContext system() {
        var environment = System.getenv();
        return new CommandContext(
                System.getProperty("ruststack.command", "./ruststack"),
                environment,
                Terminal.system(environment),
                StackDirectory.of(environment));
    }
}
