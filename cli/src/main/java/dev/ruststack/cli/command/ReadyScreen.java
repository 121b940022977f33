package dev.ruststack.cli.command;

import dev.ruststack.cli.CommandContext;
import dev.ruststack.cli.stack.ShellVariables;
import dev.ruststack.cli.terminal.Json;
import dev.ruststack.cli.terminal.Progress;
import dev.ruststack.cli.terminal.Style;
import dev.ruststack.cli.terminal.Terminal;
import dev.ruststack.cli.up.LocalStack;
import dev.ruststack.cli.up.Timings;
import dev.ruststack.crds.RustStackSpec;
import dev.ruststack.emulator.lambda.FunctionUrl;
import dev.ruststack.emulator.seed.SeedItem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The one screen that {@code up} ends its start with. */
final class ReadyScreen {
    private static final int MOST_ROUTES = 8;

    private final CommandContext context;
    private final Terminal terminal;
    private final RustStackSpec spec;
    private final LocalStack.Started started;
    private final Timings timings;
    private final Duration took;

    ReadyScreen(
            CommandContext context, RustStackSpec spec, LocalStack.Started started, Timings timings, Duration took) {
        this.context = context;
        this.terminal = context.terminal();
        this.spec = spec;
        this.started = started;
        this.timings = timings;
        this.took = took;
    }

    /**
     * What {@code --output json} prints.
     *
     * @param steps milliseconds by step; some ran side by side
     */
    record Ready(
            String name,
            long pid,
            boolean ready,
            StatusCommand.Endpoints endpoints,
            Map<String, String> environment,
            List<SeedItem> items,
            long durationMilliseconds,
            Map<String, Long> steps) {}

    /** @param stay whether the stack stays up */
    void print(boolean json, boolean stay) {
        if (json) {
            terminal.print(Json.of(document()));
            if (!started.report().ready()) {
                failed(stay);
            }
            return;
        }
        if (!started.report().ready()) {
            table();
            failed(stay);
        }
        if (stay) {
            ready();
        }
    }

    private Ready document() {
        var stack = started.stack();
        return new Ready(
                stack.name(),
                stack.pid(),
                started.report().ready(),
                StatusCommand.Endpoints.of(stack),
                stack.environment(),
                started.report().items(),
                took.toMillis(),
                timings.milliseconds());
    }

    private void failed(boolean stay) {
        var items = started.report().items();
        var failed = items.stream().filter(item -> !item.ready()).count();
        terminal.note("");
        ReportView.failures(started.report(), terminal);
        terminal.note("");
        var count = failed + " of " + items.size() + (items.size() == 1 ? " item" : " items") + " failed";
        if (stay) {
            terminal.warning(count + "; the others stay up (--keep-going)");
        } else {
            terminal.error(count + "; everything was stopped", "With --keep-going the others would stay up.");
        }
    }

    private void ready() {
        var stack = started.stack();
        if (started.report().ready()) {
            print("");
            print(terminal.styled(Style.BOLD, stack.name()) + " is " + terminal.styled(Style.GREEN, "Ready")
                    + terminal.styled(Style.FAINT, " after " + Progress.seconds(took) + ": " + timings));
            print("");
            table();
        }
        print("");
        print("  AWS APIs    " + stack.awsEndpoint() + "   S3, "
                + (spec.dynamodb().enabled() ? "DynamoDB, " : "") + "Lambda, STS");
        front();
        functionUrls().forEach(this::print);
        if (started.data() != null) {
            print("  Data kept   " + started.data());
        }
        print("");
        ShellVariables.exports(variables(), Map.of()).forEach(line -> print("  " + line));
        print("");
        var command = context.program();
        print("  In another terminal:   eval \"$(" + command + " env" + choice() + ")\"");
        print("  Logs of a function:    " + command + " logs FUNCTION --follow" + choice());
        print("  As declared again:     " + command + " reset" + choice());
        print("  Stop everything:       Ctrl-C here, or " + command + " down" + choice());
    }

    private Map<String, String> variables() {
        var variables = new LinkedHashMap<>(started.stack().environment());
        variables.remove("RUSTSTACK_HTTP_URL");
        return variables;
    }

    /** Needed in a hint only where other stacks run too. */
    private String choice() {
        var all = context.stacks().running();
        var name = started.stack().name();
        var namesakes = all.stream().filter(stack -> stack.name().equals(name)).count();
        var choice = namesakes > 1 ? String.valueOf(started.stack().pid()) : name;
        return all.size() > 1 ? " --name " + choice : "";
    }

    private void table() {
        ReportView.table(started.report()).forEach(line -> print("  " + ReportView.coloured(line, terminal)));
    }

    private void front() {
        var routes = routes();
        var url = started.stack().frontEndpoint().toString();
        var first = routes.isEmpty() ? "no routes declared" : routes.getFirst();
        print("  HTTP front  " + url + "   " + first);
        var indent = " ".repeat("  HTTP front  ".length() + url.length() + 3);
        routes.stream().skip(1).limit(MOST_ROUTES).forEach(route -> print(indent + route));
        if (routes.size() > MOST_ROUTES + 1) {
            print(indent + "and " + (routes.size() - MOST_ROUTES - 1) + " more");
        }
    }

    private List<String> functionUrls() {
        var lines = new ArrayList<String>();
        for (var function : spec.functions()) {
            var arn = "arn:aws:lambda:" + spec.region() + ":" + spec.accountId() + ":function:" + function.name();
            if (function.functionUrlConfig() != null) {
                lines.add(functionUrl(arn, function.name()));
            }
            for (var alias : function.aliases()) {
                if (alias.functionUrlConfig() != null) {
                    lines.add(functionUrl(arn + ":" + alias.name(), function.name() + ":" + alias.name()));
                }
            }
        }
        return lines;
    }

    private String functionUrl(String arn, String name) {
        var port = started.stack().awsEndpoint().getPort();
        return "  Function    http://" + FunctionUrl.idOf(arn) + ".lambda-url." + spec.region() + ".localhost:" + port
                + "/   " + name;
    }

    private List<String> routes() {
        var lines = new ArrayList<String>();
        for (var api : spec.restApis()) {
            for (var route : api.routes()) {
                lines.add(
                        route.method() + " " + route.path() + " " + terminal.sign("→", "->") + " " + route.function());
            }
        }
        for (var api : spec.httpApis()) {
            for (var route : api.routes()) {
                lines.add(route.routeKey() + " " + terminal.sign("→", "->") + " " + route.function());
            }
        }
        return lines;
    }

    private void print(String line) {
        terminal.print(line);
    }
}
