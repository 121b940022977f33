package dev.ruststack.cli.command;

import dev.ruststack.cli.CommandContext;
import dev.ruststack.cli.ExitCode;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** {@code ./ruststack completion}: the script that picocli makes for bash, which zsh understands too. */
@Command(
        name = "completion",
        header = "Print a completion script for bash and zsh.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(ruststack completion)                   # this shell",
            "  ruststack completion > ~/.ruststack-completion   # every shell: this file,",
            "  source ~/.ruststack-completion                   # and this in ~/.bashrc or ~/.zshrc"
        })
final class CompletionCommand implements Callable<Integer> {
    private final CommandContext context;

    CompletionCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var line = RustStackCommand.commandLine(context);
        context.terminal().print(AutoComplete.bash("ruststack", line));
        return ExitCode.OK.code();
    }
}
