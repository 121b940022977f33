package dev.ruststack.cli.cluster;

import dev.ruststack.cli.CommandContext;
import dev.ruststack.cli.CommandException;
import dev.ruststack.cli.ExitCode;
import dev.ruststack.cli.build.BuildException;
import dev.ruststack.cli.build.FunctionBuilder;
import dev.ruststack.cli.file.StackFile;
import dev.ruststack.cli.terminal.Progress;
import dev.ruststack.emulator.process.ProcessGuard;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The stacks of one file as objects that a cluster takes. */
public final class StackPackage {
    private final List<PackagedStack> stacks;

    private StackPackage(List<PackagedStack> stacks) {
        this.stacks = List.copyOf(stacks);
    }

    /**
     * Builds the functions and takes in every file.
     *
     * @param file without problems
     * @param options what it becomes
     * @param guard ends what is started for it
     */
    public static StackPackage of(
            StackFile file, PackageOptions options, CommandContext context, ProcessGuard guard, Progress progress)
            throws BuildException, IOException, InterruptedException {
        var images =
                options.images() == null ? null : new FunctionImages(options.images(), context.environment(), guard);
        var builder = new FunctionBuilder(context.environment(), guard);
        var packager = new Packager(file.folder(), builder, images, title -> step(progress.begin(title)));
        var stacks = new ArrayList<PackagedStack>();
        for (var document : YamlNodes.documents(String.join("\n", file.lines()))) {
            stacks.add(packager.stack(document, options.namespace()));
        }
        return new StackPackage(stacks);
    }

    private static Packager.Step step(Progress.Step step) {
        return new Packager.Step() {
            @Override
            public void line(String text) {
                step.detail(text.strip());
            }

            @Override
            public void done() {
                step.done();
            }

            @Override
            public void failed() {
                step.failed();
            }
        };
    }

    /** Everything as YAML. */
    public String manifest() {
        return YamlNodes.print(
                stacks.stream().flatMap(stack -> stack.documents().stream()).toList());
    }

    /**
     * The stack as values of the chart {@code helm/ruststack}.
     *
     * @throws CommandException where a release cannot hold it
     */
    public String values() {
        if (stacks.size() != 1) {
            throw new CommandException(
                    ExitCode.FAILED,
                    "the file holds " + stacks.size() + " stacks, and a release of the chart is one",
                    "Keep each in a file of its own, or install a manifest.");
        }
        return YamlNodes.print(List.of(ChartValues.of(stacks.getFirst())));
    }

    /** What was made, and what to know of it. */
    public List<String> summary() {
        var lines = new ArrayList<String>();
        for (var stack : stacks) {
            stack.notes().forEach(lines::add);
            var pieces = stack.pieces();
            lines.add(String.format(
                    Locale.ROOT, "%s: %d ConfigMaps with %.1f MB", stack.name(), pieces.count(), pieces.bytes() / 1e6));
            if (pieces.large()) {
                lines.add(
                        "Apply it with kubectl apply --server-side: its ConfigMaps are too large for the annotation that"
                                + " apply makes otherwise.");
            }
        }
        return List.copyOf(lines);
    }

    /** Applies every stack and waits until each is ready. */
    public void apply(CommandContext context, @Nullable String kubeContext, Duration timeout, Progress progress)
            throws IOException, InterruptedException {
        var kubectl = Kubectl.of(context.environment(), kubeContext);
        for (var stack : stacks) {
            var ready = new Deployment(kubectl, stack, progress).run(timeout);
            var endpoint =
                    ready.path("status").path("endpoints").path("internal").asString("");
            context.terminal().print(stack.name() + " is ready: " + endpoint);
        }
    }
}
