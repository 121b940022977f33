package dev.ruststack.cli.command;

import dev.ruststack.cli.CommandContext;
import dev.ruststack.cli.CommandException;
import dev.ruststack.cli.ExitCode;
import dev.ruststack.cli.stack.AdminClient;
import dev.ruststack.cli.stack.RunningStack;
import dev.ruststack.cli.terminal.Json;
import dev.ruststack.cli.terminal.Style;
import dev.ruststack.emulator.seed.SeedItem;
import dev.ruststack.emulator.seed.SeedReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./ruststack status}. */
@Command(
        name = "status",
        header = "Show the stacks that run on this machine, and whether everything in them is there.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ruststack status",
            "  until ruststack status &> /dev/null; do sleep 1; done    # until all is Ready",
            "  ruststack status -o json | jq -r '.stacks[].endpoints.aws'"
        })
final class StatusCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private final StackChoice choice = new StackChoice();

    @Mixin
    private final OutputFormat output = new OutputFormat();

    StatusCommand(CommandContext context) {
        this.context = context;
    }

    /** What {@code --output json} prints. */
    record Statuses(List<Status> stacks) {}

    /**
     * One stack.
     *
     * @param notReady why it is not ready; null where it is
     */
    record Status(
            String name,
            long pid,
            Instant started,
            String file,
            boolean ready,
            @Nullable String notReady,
            Endpoints endpoints,
            List<SeedItem> items) {}

    /** Where it is reached. */
    record Endpoints(String aws, String http, String admin) {
        static Endpoints of(RunningStack stack) {
            return new Endpoints(
                    stack.awsEndpoint().toString(),
                    stack.frontEndpoint().toString(),
                    stack.adminEndpoint().toString());
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        var running = choice.name() == null ? context.stacks().running() : List.of(choice.require(context));
        var statuses = new ArrayList<Status>();
        for (var stack : running) {
            statuses.add(status(stack));
        }
        if (output.json()) {
            context.terminal().print(Json.of(new Statuses(statuses)));
        } else {
            statuses.forEach(this::print);
        }
        if (statuses.isEmpty()) {
            throw new CommandException(
                    ExitCode.NOT_RUNNING, "no stack is running", "Start one: " + context.program() + " up FILE");
        }
        return (statuses.stream().allMatch(Status::ready) ? ExitCode.OK : ExitCode.FAILED).code();
    }

    private static Status status(RunningStack stack) throws InterruptedException {
        try (var client = new AdminClient(stack)) {
            var notReady = client.notReady();
            return status(stack, notReady, client.report());
        } catch (CommandException e) {
            return status(stack, String.valueOf(e.getMessage()), SeedReport.NOTHING);
        }
    }

    private static Status status(RunningStack stack, String notReady, SeedReport report) {
        return new Status(
                stack.name(),
                stack.pid(),
                stack.started(),
                stack.file(),
                notReady.isEmpty(),
                notReady.isEmpty() ? null : notReady,
                Endpoints.of(stack),
                report.items());
    }

    private void print(Status status) {
        var terminal = context.terminal();
        var state = status.ready()
                ? terminal.styled(Style.GREEN, "Ready")
                : terminal.styled(Style.YELLOW, "Not ready") + ": " + status.notReady();
        terminal.print(terminal.styled(Style.BOLD, status.name()) + "  " + state);
        terminal.print("  AWS APIs    " + status.endpoints().aws());
        terminal.print("  HTTP front  " + status.endpoints().http());
        terminal.print("  from        " + status.file() + ", pid " + status.pid() + ", since " + status.started());
        var report = new SeedReport("", 0, status.items());
        terminal.print("");
        ReportView.table(report).forEach(line -> terminal.print("  " + ReportView.coloured(line, terminal)));
        ReportView.failures(report, terminal);
    }
}
