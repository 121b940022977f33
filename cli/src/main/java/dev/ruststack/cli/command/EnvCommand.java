package dev.ruststack.cli.command;

import dev.ruststack.cli.CommandContext;
import dev.ruststack.cli.ExitCode;
import dev.ruststack.cli.stack.ShellVariables;
import dev.ruststack.cli.terminal.Json;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./ruststack env}. */
@Command(
        name = "env",
        header = "Print the variables that point AWS SDKs and the AWS CLI at the running stack.",
        description = {
            "As export also unsets what your shell has set that would lead a client elsewhere, such as AWS_PROFILE and"
                    + " AWS_SESSION_TOKEN."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  eval \"$(ruststack env)\"                      # this shell",
            "  ruststack env --format dotenv > .env         # docker run --env-file .env …",
            "  ruststack env --format json | jq -r .AWS_ENDPOINT_URL"
        })
final class EnvCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private final StackChoice stack = new StackChoice();

    /** The notations. */
    enum Format {
        EXPORT,
        DOTENV,
        JSON
    }

    @Option(
            names = {"-f", "--format", "-o", "--output"},
            paramLabel = "export|dotenv|json",
            defaultValue = "export",
            description = "For a shell's eval (the default), for a .env file, or for programs.")
    private Format format = Format.EXPORT;

    EnvCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var variables = stack.require(context).environment();
        var lines = switch (format) {
            case EXPORT -> ShellVariables.exports(variables, context.environment());
            case DOTENV -> ShellVariables.dotenv(variables);
            case JSON -> List.of(Json.of(variables));
        };
        lines.forEach(context.terminal()::print);
        return ExitCode.OK.code();
    }
}
