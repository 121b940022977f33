package dev.ruststack.cli.command;

import dev.ruststack.cli.CommandContext;
import dev.ruststack.cli.CommandException;
import dev.ruststack.cli.ExitCode;
import dev.ruststack.cli.build.BuildException;
import dev.ruststack.cli.cluster.PackageOptions;
import dev.ruststack.cli.cluster.StackPackage;
import dev.ruststack.cli.file.ProblemPrinter;
import dev.ruststack.cli.file.StackFile;
import dev.ruststack.cli.terminal.Progress;
import dev.ruststack.emulator.process.ProcessGuard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./ruststack package FILE}. */
@Command(
        name = "package",
        header = "Make of a YAML file with local files what a cluster takes.",
        description = {
            "Builds the functions as up does, and puts every file that the stack names into ConfigMaps beside it, in"
                    + " pieces where it is larger than one holds; with --registry, functions into images. What runs"
                    + " with up runs in a cluster then, unchanged."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ruststack package stack.yaml | kubectl apply -f -",
            "  ruststack package -n preview-42 --to manifest.yaml stack.yaml",
            "  ruststack package -n preview-42 --apply stack.yaml   # and wait until it is ready",
            "  ruststack package --registry ghcr.io/acme/shop --apply stack.yaml",
            "  ruststack package --image-tar images stack.yaml > manifest.yaml",
            "  ruststack package -o values stack.yaml > values.yaml && helm install shop helm/ruststack -f values.yaml"
        })
final class PackageCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(
            paramLabel = "FILE",
            description = "The YAML file, or a folder with a stack.yaml; - for standard input.")
    private String file = "";

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            description = "Where everything goes (default: what the file says, or else kubectl's own).")
    private @Nullable String namespace;

    @Option(
            names = "--to",
            paramLabel = "FILE",
            description = "Where it is written (default: standard output, except with --apply).")
    private @Nullable Path to;

    /** What is printed. */
    enum Output {
        MANIFEST,
        VALUES
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "manifest|values",
            defaultValue = "manifest",
            description = "A manifest for kubectl, or values for the chart helm/ruststack (default: manifest).")
    private Output output = Output.MANIFEST;

    @Mixin
    private ImageArguments images = new ImageArguments();

    @Option(names = "--apply", description = "Apply it with kubectl and follow the stack until it is ready.")
    private boolean apply;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "How long --apply waits (default: ${DEFAULT-VALUE}).")
    private int timeout;

    @Option(names = "--context", paramLabel = "NAME", description = "The context of kubectl that --apply uses.")
    private @Nullable String kubeContext;

    PackageCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (apply && output == Output.VALUES) {
            throw new CommandException(ExitCode.USAGE, "--apply applies a manifest; values are for helm install");
        }
        var options = new PackageOptions(namespace, images.options());
        var read = StackFile.readForCluster(file, System.in);
        var problems = read.allProblems();
        new ProblemPrinter(context.terminal(), read).print(problems, read.warnings());
        if (!problems.isEmpty()) {
            return ExitCode.INVALID_YAML.code();
        }
        try (var guard = ProcessGuard.start();
                var progress = new Progress(context.terminal())) {
            var packaged = StackPackage.of(read, options, context, guard, progress);
            write(packaged);
            packaged.summary().forEach(context.terminal()::note);
            if (apply) {
                packaged.apply(context, kubeContext, Duration.ofSeconds(timeout), progress);
            }
        } catch (BuildException e) {
            throw new CommandException(ExitCode.FAILED, String.valueOf(e.getMessage()));
        }
        return ExitCode.OK.code();
    }

    private void write(StackPackage packaged) throws IOException {
        var text = output == Output.VALUES ? packaged.values() : packaged.manifest();
        if (to != null) {
            Files.writeString(to, text);
        } else if (!apply) {
            context.terminal().out().print(text);
            context.terminal().out().flush();
        }
    }
}
