package dev.ruststack.cli.command;

import dev.ruststack.cli.CommandContext;
import dev.ruststack.cli.ExitCode;
import dev.ruststack.cli.stack.AdminClient;
import dev.ruststack.cli.terminal.Json;
import dev.ruststack.cli.terminal.Progress;
import dev.ruststack.emulator.seed.SeedReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./ruststack reset}. */
@Command(
        name = "reset",
        header = "Put the running stack back to what its YAML file declared.",
        description = {
            "Forgets every bucket, object, table, item and function that was made or changed since, and seeds again."
                    + " The YAML file is not read anew: for that, end the stack and start it again."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ruststack reset && pytest tests"})
final class ResetCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private final StackChoice stack = new StackChoice();

    @Mixin
    private final OutputFormat output = new OutputFormat();

    ResetCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        var report = reset();
        if (output.json()) {
            context.terminal().print(Json.of(ReportView.of(report)));
        } else {
            ReportView.print(report, context.terminal());
        }
        return (report.ready() ? ExitCode.OK : ExitCode.FAILED).code();
    }

    private SeedReport reset() throws InterruptedException {
        var running = stack.require(context);
        try (var client = new AdminClient(running);
                var progress = new Progress(context.terminal())) {
            progress.begin("Resetting " + running.name());
            return client.reset();
        }
    }
}
