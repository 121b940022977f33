package dev.ruststack.cli.command;

import dev.ruststack.cli.CommandContext;
import dev.ruststack.cli.CommandException;
import dev.ruststack.cli.ExitCode;
import dev.ruststack.cli.stack.RunningStack;
import dev.ruststack.cli.terminal.Progress;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./ruststack down}. */
@Command(
        name = "down",
        header = "Stop a running stack, with all its processes.",
        description = {"The same as Ctrl-C in the terminal of its up; returns when everything is gone."},
        footerHeading = "%nExamples:%n",
        footer = {"  ruststack down", "  ruststack down --all"})
final class DownCommand implements Callable<Integer> {
    private static final int PATIENCE_SECONDS = 20;

    private final CommandContext context;

    @Mixin
    private final StackChoice stack = new StackChoice();

    @Option(names = "--all", description = "Stop every running stack; none is fine too.")
    private boolean all;

    DownCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        var stacks = all ? context.stacks().running() : List.of(stack.require(context));
        for (var running : stacks) {
            stop(running);
            context.terminal().note("Stopped " + running.name() + ".");
        }
        return ExitCode.OK.code();
    }

    private void stop(RunningStack running) throws InterruptedException {
        var process = ProcessHandle.of(running.pid()).orElse(null);
        if (process == null) {
            return;
        }
        try (var progress = new Progress(context.terminal())) {
            progress.begin("Stopping " + running.name());
            process.destroy();
            process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // Its guard ends what it leaves behind.
            process.destroyForcibly();
            throw new CommandException(
                    ExitCode.FAILED,
                    "stack " + running.name() + " (pid " + running.pid() + ") did not stop in " + PATIENCE_SECONDS
                            + " s and was killed");
        }
    }
}
