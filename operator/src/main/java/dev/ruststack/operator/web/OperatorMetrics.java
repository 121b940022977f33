package dev.ruststack.operator.web;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the operator counts, under names of its own: none of them grows with the number of stacks. */
public final class OperatorMetrics implements Metrics {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<String, Seen> stacks = new ConcurrentHashMap<>();
    private final Counter succeeded = reconciles("succeeded");
    private final Counter failed = reconciles("failed");
    private final Counter expired = Counter.builder("ruststack.stacks.expired")
            .description("Stacks that were deleted when their lifetime ended")
            .register(registry);
    private final Timer duration = Timer.builder("ruststack.reconcile.duration")
            .description("How long one look at a stack takes")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(1))
            .maximumExpectedValue(Duration.ofSeconds(30))
            .register(registry);
    private final Timer start = Timer.builder("ruststack.stack.start")
            .description("From a change of a stack to Ready")
            .serviceLevelObjectives(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(10))
            .register(registry);

    /** How a stack is. */
    public enum State {
        STARTING,
        READY,
        FAILING,
        STALLED,
        PAUSED
    }

    private record Seen(State state, int runners) {}

    public OperatorMetrics() {
        for (var state : State.values()) {
            Gauge.builder(
                            "ruststack.stacks",
                            stacks,
                            map -> map.values().stream()
                                    .filter(seen -> seen.state() == state)
                                    .count())
                    .description("Stacks, by how they are")
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        Gauge.builder(
                        "ruststack.runner.pods",
                        stacks,
                        map -> map.values().stream().mapToInt(Seen::runners).sum())
                .description("Pods of execution environments, of all stacks")
                .register(registry);
    }

    private Counter reconciles(String result) {
        return Counter.builder("ruststack.reconciles")
                .description("Looks at stacks, by how they ended")
                .tag("result", result)
                .register(registry);
    }

    /** In Prometheus's text format. */
    public String text() {
        return registry.scrape();
    }

    /** How many looks there were, failed ones included. */
    public long reconciles() {
        return Math.round(succeeded.count() + failed.count());
    }

    /** @param runners pods of execution environments that it has */
    public void seen(String stackUid, State state, int runners) {
        stacks.put(stackUid, new Seen(state, runners));
    }

    public void forget(String stackUid) {
        stacks.remove(stackUid);
    }

    public void becameReady(Duration after) {
        start.record(after);
    }

    public void expired() {
        expired.increment();
    }

    @Override
    public void finishedReconciliation(HasMetadata resource, Map<String, Object> metadata) {
        succeeded.increment();
    }

    @Override
    public void failedReconciliation(HasMetadata resource, Exception exception, Map<String, Object> metadata) {
        failed.increment();
    }

    @Override
    public <T> T timeControllerExecution(ControllerExecution<T> execution) throws Exception {
        return duration.recordCallable(execution::execute);
    }
}
