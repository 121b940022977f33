package dev.ruststack.operator;

import dev.ruststack.crds.status.Condition;
import dev.ruststack.crds.status.RustStackStatus;
import dev.ruststack.operator.resource.RawStack;
import dev.ruststack.operator.resource.StackReader;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Waits until a stack is Ready, and says what it waits for. Exit codes: 0 Ready, 1 not in time, or nothing a wait
 * mends, 2 misused.
 */
@Command(name = "wait", description = "Waits until a RustStack is Ready.")
public final class WaitCommand implements Callable<Integer> {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** How long a stack has to have failed for good. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private static final String STALLED = "Stalled";

    /** What can be waited for. */
    enum Goal {
        Ready
    }

    @Parameters(paramLabel = "STACK", description = "The name of the RustStack.")
    private String stack = "";

    @Option(names = "--for", description = "What to wait for: ${COMPLETION-CANDIDATES}.")
    private Goal goal = Goal.Ready;

    @Option(
            names = {"-n", "--namespace"},
            description = "Where the RustStack is; by default where this runs.")
    private @Nullable String namespace;

    @Option(names = "--timeout", description = "As in 300s or 5m; by default ${DEFAULT-VALUE}.")
    private String timeout = "5m";

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Prints this.")
    @SuppressWarnings("UnusedVariable") // picocli looks at the option, not at the field
    private boolean help;

    @Spec
    private @Nullable CommandSpec spec;

    private String last = "";

    /** The exit code: prints what it waits for. */
    public static int run(List<String> arguments) {
        return new CommandLine(new WaitCommand()).execute(arguments.toArray(String[]::new));
    }

    @Override
    public Integer call() throws InterruptedException {
        var end = Instant.now().plus(limit());
        try (var client = Connection.open()) {
            while (true) {
                try {
                    return await(client, end);
                } catch (KubernetesClientTimeoutException e) {
                    print("not Ready in time: " + last);
                    return 1;
                } catch (KubernetesClientException e) {
                    tell("the API server cannot be asked: " + root(e));
                    if (!mayPass(e) || Instant.now().plus(PAUSE).isAfter(end)) {
                        return 1;
                    }
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    private int await(KubernetesClient client, Instant end) {
        var resource = client.resources(RawStack.class)
                .inNamespace(namespace == null ? client.getNamespace() : namespace)
                .withName(stack);
        while (true) {
            var found = resource.waitUntilCondition(this::isDone, left(end), TimeUnit.MILLISECONDS);
            if (found != null && isTrue(found, goal.name())) {
                return 0;
            }
            if (staysStalled(resource, end)) {
                print("not Ready, and nothing but a change of it or of what it refers to will help: " + last);
                return 1;
            }
        }
    }

    /** What has failed for good is said at once, and so is what is being mended just now. */
    private static boolean staysStalled(Resource<RawStack> resource, Instant end) {
        try {
            resource.waitUntilCondition(
                    found -> found != null && !isTrue(found, STALLED),
                    Math.min(GRACE.toMillis(), left(end)),
                    TimeUnit.MILLISECONDS);
            return false;
        } catch (KubernetesClientTimeoutException e) {
            return true;
        }
    }

    private static long left(Instant end) {
        return Math.max(0, Duration.between(Instant.now(), end).toMillis());
    }

    private static boolean isTrue(RawStack stack, String type) {
        var condition = condition(stack, type);
        return condition != null && condition.status().equals(Condition.TRUE);
    }

    /** Whether it is no answer, or one that another try may not get. */
    private static boolean mayPass(KubernetesClientException e) {
        return e.getCode() == 0 || e.getCode() == 429 || e.getCode() >= 500;
    }

    /** Only the cause at the bottom says more than that something went wrong. */
    private static Throwable root(Throwable error) {
        var cause = error.getCause();
        return cause == null ? error : root(cause);
    }

    private Duration limit() {
        var unit = timeout.endsWith("m") ? 60 : 1;
        var digits =
                timeout.endsWith("m") || timeout.endsWith("s") ? timeout.substring(0, timeout.length() - 1) : timeout;
        try {
            return Duration.ofSeconds(Math.multiplyExact(Long.parseLong(digits), unit));
        } catch (NumberFormatException | ArithmeticException e) {
            throw new ParameterException(
                    commandLine(), "--timeout is '" + timeout + "' where 300s or 5m is expected", e);
        }
    }

    private CommandLine commandLine() {
        return Objects.requireNonNull(spec).commandLine();
    }

    private void print(String line) {
        var out = commandLine().getOut();
        out.println(line);
        out.flush();
    }

    private boolean isDone(@Nullable RawStack stack) {
        if (stack == null) {
            tell("there is no such stack yet");
            return false;
        }
        var ready = condition(stack, Goal.Ready.name());
        if (ready == null) {
            tell("no operator has looked at it yet");
            return false;
        }
        tell(ready.reason() + (ready.message().isEmpty() ? "" : ": " + ready.message()));
        return ready.status().equals(Condition.TRUE) || isTrue(stack, STALLED);
    }

    private void tell(String what) {
        if (!what.equals(last)) {
            last = what;
            print(what);
        }
    }

    /** A condition about the resource as it is now; one about an older generation does not count. */
    private static @Nullable Condition condition(RawStack stack, String type) {
        RustStackStatus status = StackReader.status(stack);
        return status == null
                ? null
                : status.conditions().stream()
                        .filter(condition -> condition.type().equals(type))
                        .filter(condition -> Objects.equals(
                                condition.observedGeneration(),
                                stack.getMetadata().getGeneration()))
                        .findFirst()
                        .orElse(null);
    }
}
