package dev.ruststack.cli.command;

import dev.ruststack.cli.CommandContext;
import dev.ruststack.cli.CommandException;
import dev.ruststack.cli.ExitCode;
import dev.ruststack.cli.terminal.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program itself: its commands, and what they have in common. */
@Command(
        name = "ruststack",
        header = "A real, throw-away AWS on this machine: S3, DynamoDB and Lambda from one YAML file.",
        synopsisSubcommandLabel = "COMMAND",
        subcommandsRepeatable = false,
        footerHeading = "%nEnvironment:%n",
        footer = {
            "  JAVA_HOME            the JDK to run on, where it is 25 or newer",
            "  RUSTSTACK_JAVA_OPTS  further options of the JVM, such as -Xmx1g",
            "  RUSTSTACK_CACHE      where built functions are kept (~/.cache/ruststack)",
            "  RUSTSTACK_DEBUG      1: show the stack trace of an unexpected error",
            "  XDG_RUNTIME_DIR      where running stacks are noted (TMPDIR)",
            "  TMPDIR               where the data of running stacks is put (/tmp)",
            "  NO_COLOR             anything: no colours",
            "",
            "Start with:",
            "  ruststack up examples/flask-orders/stack.yaml",
            "  eval \"$(ruststack env)\"   # in another terminal, for the AWS CLI and SDKs"
        })
public final class RustStackCommand implements Callable<Integer> {
    private final CommandContext context;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandLine.Model.CommandSpec spec;

    private RustStackCommand(CommandContext context) {
        this.context = context;
    }

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    @SuppressWarnings("unused") // picocli shows it
    private boolean help;

    @Option(names = "--no-color", scope = ScopeType.INHERIT, description = "No colours; as with NO_COLOR.")
    @SuppressWarnings("unused") // picocli calls it
    private void noColour(boolean off) {
        if (off) {
            context.terminal().noColours();
        }
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(context.terminal().out(), colours(context));
        return ExitCode.USAGE.code();
    }

    /** Every command, ready to execute. */
    public static CommandLine commandLine(CommandContext context) {
        var line = new CommandLine(new RustStackCommand(context));
        add(line, new UpCommand(context), ExitCode.values());
        add(line, new ValidateCommand(context), ExitCode.OK, ExitCode.USAGE, ExitCode.INVALID_YAML);
        add(line, new PackageCommand(context), ExitCode.OK, ExitCode.FAILED, ExitCode.USAGE, ExitCode.INVALID_YAML);
        addClient(line, new StatusCommand(context));
        addClient(line, new EnvCommand(context));
        addClient(line, new InvokeCommand(context));
        addClient(line, new LogsCommand(context));
        addClient(line, new ResetCommand(context));
        addClient(line, new DownCommand(context));
        add(line, new CompletionCommand(context), ExitCode.OK, ExitCode.USAGE);
        add(line, new VersionCommand(context), ExitCode.OK, ExitCode.USAGE);
        line.addSubcommand(new CommandLine(new TrainCommand(context)));
        line.getCommandSpec().exitCodeOnInvalidInput(ExitCode.USAGE.code());
        exitCodes(line, ExitCode.values());
        line.setColorScheme(colours(context));
        line.setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(Math.clamp(context.terminal().columns(), 80, 120));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setOut(new PrintWriter(context.terminal().out(), true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler((exception, _) -> wrongUsage(context, exception));
        line.setExecutionExceptionHandler((exception, _, _) -> failed(context, exception));
        return line;
    }

    private static void addClient(CommandLine line, Object command) {
        add(line, command, ExitCode.OK, ExitCode.FAILED, ExitCode.USAGE, ExitCode.NOT_RUNNING);
    }

    private static void add(CommandLine line, Object command, ExitCode... codes) {
        var subcommand = new CommandLine(command);
        exitCodes(subcommand, codes);
        line.addSubcommand(subcommand);
    }

    private static void exitCodes(CommandLine line, ExitCode... codes) {
        var list = new LinkedHashMap<String, String>();
        for (var code : codes) {
            list.put(" " + code.code(), code.meaning());
        }
        line.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(list);
        line.getCommandSpec()
                .usageMessage()
                .synopsisHeading("%nUsage: ")
                .descriptionHeading("%n")
                .parameterListHeading("%n")
                .commandListHeading("%nCommands:%n");
    }

    private static Help.ColorScheme colours(CommandContext context) {
        return Help.defaultColorScheme(context.terminal().colours() ? Help.Ansi.ON : Help.Ansi.OFF);
    }

    private static int wrongUsage(CommandContext context, ParameterException exception) {
        var terminal = context.terminal();
        var command =
                exception.getCommandLine().getCommandSpec().qualifiedName().replaceFirst("ruststack", "");
        var remedies = new ArrayList<String>();
        if (exception instanceof UnmatchedArgumentException unmatched) {
            var near = unmatched.getSuggestions();
            if (!near.isEmpty()) {
                remedies.add("Did you mean " + String.join(" or ", near.subList(0, Math.min(3, near.size()))) + "?");
            }
        }
        remedies.add(context.program() + command + " --help lists what there is.");
        terminal.error(String.valueOf(exception.getMessage()), String.join("\n", remedies));
        return ExitCode.USAGE.code();
    }

    private static int failed(CommandContext context, Exception exception) {
        var terminal = context.terminal();
        return switch (exception) {
            case CommandException failure -> {
                terminal.error(String.valueOf(failure.getMessage()), failure.remedy());
                yield failure.exitCode().code();
            }
            case IOException failure -> {
                terminal.error(reason(failure), "");
                trace(terminal, context, exception);
                yield ExitCode.FAILED.code();
            }
            default -> {
                terminal.error(
                        "unexpected: " + exception,
                        "This is a mistake of RustStack's own. RUSTSTACK_DEBUG=1 shows where it happened: please report it.");
                trace(terminal, context, exception);
                yield ExitCode.INTERNAL.code();
            }
        };
    }

    private static String reason(IOException failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    private static void trace(Terminal terminal, CommandContext context, Exception exception) {
        if (List.of("1", "true").contains(context.environment().getOrDefault("RUSTSTACK_DEBUG", ""))) {
            var text = new StringWriter();
            exception.printStackTrace(new PrintWriter(text));
            terminal.note(text.toString());
        }
    }
}
