package dev.ruststack.emulator;

import dev.ruststack.emulator.aws.CallObserver;
import dev.ruststack.emulator.lambda.InvocationObserver;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * What the emulator counts, for Prometheus. Every tag has a bounded number of values: services and operations are those
 * that RustStack knows, functions the first so many.
 */
final class Metrics implements CallObserver, InvocationObserver {
    private static final int MOST_FUNCTIONS = 100;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Set<String> functions = ConcurrentHashMap.newKeySet();

    /** Kept because to find a timer in the registry by its tags costs more than many a request. */
    private final Map<Kind, Timer> requests = new ConcurrentHashMap<>();

    private record Kind(String service, String operation, int status) {}

    /** Counts from now on; {@code environments} tells how many execution environments there are. */
    Metrics(IntSupplier environments) {
        Gauge.builder("ruststack.execution.environments", environments, IntSupplier::getAsInt)
                .description("Execution environments of functions")
                .register(registry);
        var runtime = Runtime.getRuntime();
        Gauge.builder("jvm.memory.used", runtime, heap -> (double) heap.totalMemory() - heap.freeMemory())
                .tag("area", "heap")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("jvm.memory.max", runtime, Runtime::maxMemory)
                .tag("area", "heap")
                .baseUnit("bytes")
                .register(registry);
    }

    @Override
    public void called(Observed call) {
        if (!call.within()) {
            requests.computeIfAbsent(new Kind(call.service(), call.operation(), call.status()), this::timer)
                    .record(call.nanos(), TimeUnit.NANOSECONDS);
        }
    }

    private Timer timer(Kind kind) {
        return Timer.builder("ruststack.requests")
                .description("Requests of clients, by operation")
                .tags("service", kind.service)
                .tags("operation", kind.operation)
                .tags("status", Integer.toString(kind.status))
                .register(registry);
    }

    @Override
    public void invoked(Invoked invocation) {
        var function = bounded(invocation.function());
        Timer.builder("ruststack.invocations")
                .description("Invocations of functions")
                .tags("function", function)
                .tags("outcome", invocation.outcome())
                .register(registry)
                .record(invocation.nanos(), TimeUnit.NANOSECONDS);
        if (invocation.cold()) {
            registry.counter("ruststack.cold.starts", "function", function).increment();
        }
    }

    private String bounded(String function) {
        return functions.contains(function) || (functions.size() < MOST_FUNCTIONS && functions.add(function))
                ? function
                : "other";
    }

    /** All of it, as Prometheus reads it. */
    String text() {
        return registry.scrape();
    }
}
