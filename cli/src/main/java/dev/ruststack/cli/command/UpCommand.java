package dev.ruststack.cli.command;

import dev.ruststack.cli.CommandContext;
import dev.ruststack.cli.CommandException;
import dev.ruststack.cli.ExitCode;
import dev.ruststack.cli.file.ProblemPrinter;
import dev.ruststack.cli.file.StackFile;
import dev.ruststack.cli.logging.Logging;
import dev.ruststack.cli.terminal.Progress;
import dev.ruststack.cli.up.LocalStack;
import dev.ruststack.crds.Credentials;
import dev.ruststack.crds.yaml.RustStackDocument;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./ruststack up FILE}. */
@Command(
        name = "up",
        header = "Bring a stack up from its YAML file, and keep it until Ctrl-C.",
        description = {
            "Starts the emulator, DynamoDB Local and the functions as processes of this machine; makes the buckets,"
                    + " objects, tables, items, functions and HTTP routes of the file; says Ready once every one of"
                    + " them is there and answers. Nothing stays when it ends: no process, no file; but the data, where the"
                    + " file's spec.storage.type is Persistent."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ruststack up stack.yaml",
            "  ruststack up examples/flask-orders         # its stack.yaml",
            "  ruststack up --free-ports stack.yaml       # beside another stack",
            "  ruststack up -o json stack.yaml            # one line once all is Ready"
        })
final class UpCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private final OutputFormat output = new OutputFormat();

    @Mixin
    private final UpArguments arguments = new UpArguments();

    @Parameters(
            paramLabel = "FILE",
            description = "The YAML file, or a folder with a stack.yaml; - for standard input. Paths in it are relative"
                    + " to its own folder.")
    private String file = "";

    @Option(
            names = {"-n", "--name"},
            paramLabel = "STACK",
            description = "Which RustStack of the file; needed only where it has more than one.")
    private @Nullable String name;

    @Option(
            names = {"-k", "--keep-going"},
            description = "Where an item fails, stay up with those that work; otherwise everything is stopped.")
    private boolean keepGoing;

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            description = "What RustStack itself logs to standard error: error, warn, info, debug or trace (default:"
                    + " the file's spec.emulator.logLevel where it is not Info; else warn).")
    private @Nullable String logLevel;

    UpCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        var read = StackFile.read(file, System.in, arguments.docker());
        var missing = read.missing();
        boolean usable = read.problems().isEmpty() && (missing.isEmpty() || keepGoing);
        new ProblemPrinter(context.terminal(), read).print(read.allProblems(), read.warnings());
        if (!usable) {
            context.terminal().note("");
            context.terminal().error(read.name() + " cannot be used; nothing was started", "");
            return ExitCode.INVALID_YAML.code();
        }
        var document = choose(read);
        Logging.sendTo(context.terminal()::note);
        Logging.level(logLevel == null ? Logging.ofScreen(document.spec().emulator()) : logLevel);
        warnOfOpenPorts(document);
        return run(read, document);
    }

    private RustStackDocument choose(StackFile read) {
        var documents = read.documents();
        var named = documents.stream()
                .filter(document -> name == null || document.metadata().name().equals(name))
                .toList();
        if (named.size() == 1) {
            return named.getFirst();
        }
        var names =
                documents.stream().map(document -> document.metadata().name()).collect(Collectors.joining(", "));
        throw new CommandException(
                ExitCode.USAGE,
                name == null
                        ? read.name() + " has more than one RustStack; say which: --name NAME"
                        : read.name() + " has " + (named.isEmpty() ? "no" : "more than one") + " RustStack " + name,
                "It has: " + names);
    }

    private void warnOfOpenPorts(RustStackDocument document) {
        boolean strict = arguments.enforceSignatures()
                || Credentials.STRICT.equals(document.spec().credentials().verification());
        if (!arguments.loopback() && !strict) {
            context.terminal()
                    .warning("--bind " + arguments.bind() + " lets everyone who reaches this machine use the stack, run"
                            + " code in it too; --enforce-signatures asks for its keys");
        }
    }

    private int run(StackFile read, RustStackDocument document) throws Exception {
        var progress = new Progress(context.terminal());
        var stack = new LocalStack(context, document, arguments.options(), progress);
        var ending = new Ending(context.terminal(), document.metadata().name(), stack, progress);
        ending.onSignals();
        try {
            var started = stack.start(read.folder(), read.name());
            progress.close();
            var screen = new ReadyScreen(context, document.spec(), started, stack.timings(), progress.elapsed());
            boolean stay = started.report().ready() || keepGoing;
            screen.print(output.json(), stay);
            if (stay) {
                giveMemoryBack();
                ending.await();
            }
            return ExitCode.FAILED.code();
        } catch (CommandException | IOException e) {
            progress.close();
            ending.awaitIfBegun();
            throw e;
        } finally {
            progress.close();
            stack.close();
        }
    }

    /** A start makes garbage that an idle stack would hold on to: deployment packages, classes that ran once. */
    private static void giveMemoryBack() {
        System.gc();
    }
}
