package dev.ruststack.cli;

import dev.ruststack.cli.command.RustStackCommand;

/** {@code ./ruststack}. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        var context = CommandContext.system();
        System.exit(RustStackCommand.commandLine(context).execute(arguments));
    }
}
