package dev.ruststack.operator;

import dev.ruststack.crds.status.Condition;
import dev.ruststack.crds.status.RustStackStatus;
import dev.ruststack.operator.resource.RawStack;
import dev.ruststack.operator.resource.StackReader;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Waits until a stack is Ready, and says what it waits for. Exit codes: 0 Ready, 1 not in time, or nothing a wait
 * mends, 2 misused.
 */
final class WaitCommand {
    private static final String USAGE = "usage: wait --for=Ready STACK [--namespace NAMESPACE] [--timeout 300s]";

    /** What was asked for. */
    private record Request(String stack, @Nullable String namespace, Duration timeout) {}

    private final KubernetesClient client;
    private final PrintStream out;
    private final AtomicReference<String> last = new AtomicReference<>("");

    private WaitCommand(KubernetesClient client, PrintStream out) {
        this.client = client;
        this.out = out;
    }

    static int run(List<String> arguments, PrintStream out) {
        Request request;
        try {
            request = parse(arguments);
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
            out.println(USAGE);
            return 2;
        }
        try (var client = Connection.open()) {
            return new WaitCommand(client, out).await(request);
        }
    }

    private int await(Request request) {
        var namespace = request.namespace() == null ? client.getNamespace() : request.namespace();
        try {
            var end = client.resources(RawStack.class)
                    .inNamespace(namespace)
                    .withName(request.stack())
                    .waitUntilCondition(this::isDone, request.timeout().toMillis(), TimeUnit.MILLISECONDS);
            var ready = end == null ? null : condition(end, "Ready");
            return ready != null && ready.status().equals(Condition.TRUE) ? 0 : 1;
        } catch (KubernetesClientTimeoutException e) {
            out.println("not Ready after " + request.timeout().toSeconds() + " s: " + last.get());
            return 1;
        }
    }

    private boolean isDone(@Nullable RawStack stack) {
        if (stack == null) {
            tell("there is no such stack yet");
            return false;
        }
        var ready = condition(stack, "Ready");
        var stalled = condition(stack, "Stalled");
        if (ready == null) {
            tell("no operator has looked at it yet");
            return false;
        }
        tell(ready.reason() + (ready.message().isEmpty() ? "" : ": " + ready.message()));
        return ready.status().equals(Condition.TRUE)
                || (stalled != null && stalled.status().equals(Condition.TRUE));
    }

    private void tell(String what) {
        if (!what.equals(last.getAndSet(what))) {
            out.println(what);
            out.flush();
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

    private static Request parse(List<String> arguments) {
        String stack = null;
        String namespace = null;
        var timeout = Duration.ofMinutes(5);
        for (var rest = arguments.iterator(); rest.hasNext(); ) {
            var argument = rest.next();
            var equals = argument.indexOf('=');
            var name = equals < 0 ? argument : argument.substring(0, equals);
            switch (name) {
                case "--for" -> {
                    if (!value(argument, rest).equals("Ready")) {
                        throw new IllegalArgumentException("only --for=Ready can be waited for");
                    }
                }
                case "--timeout" -> timeout = duration(value(argument, rest));
                case "-n", "--namespace" -> namespace = value(argument, rest);
                default -> {
                    if (argument.startsWith("-") || stack != null) {
                        throw new IllegalArgumentException("unknown: " + argument);
                    }
                    stack = argument;
                }
            }
        }
        if (stack == null) {
            throw new IllegalArgumentException("which stack?");
        }
        return new Request(stack, namespace, timeout);
    }

    private static String value(String argument, java.util.Iterator<String> rest) {
        var equals = argument.indexOf('=');
        if (equals >= 0) {
            return argument.substring(equals + 1);
        }
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(argument + " wants a value");
        }
        return rest.next();
    }

    private static Duration duration(String text) {
        var unit = text.endsWith("m") ? 60 : 1;
        var digits = text.endsWith("m") || text.endsWith("s") ? text.substring(0, text.length() - 1) : text;
        try {
            return Duration.ofSeconds(Long.parseLong(digits) * unit);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--timeout is '" + text + "' where 300s or 5m is expected", e);
        }
    }
}
