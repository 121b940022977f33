package dev.ruststack.operator.reconcile;

import dev.ruststack.crds.status.RustStackStatus;
import dev.ruststack.operator.desired.Platform;
import dev.ruststack.operator.desired.Problem;
import dev.ruststack.operator.desired.Stack;
import dev.ruststack.operator.desired.Validate;
import dev.ruststack.operator.resource.RawStack;
import dev.ruststack.operator.resource.StackReader;
import dev.ruststack.operator.web.OperatorMetrics;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Observes, validates, applies, and says how far it is. Level triggered: every reconcile begins from what is there, so
 * that it does not matter which event it was, or whether the one before got to its end.
 */
public final class RustStackReconciler implements Reconciler<RawStack>, AutoCloseable {
    static final String PAUSE_ANNOTATION = "ruststack.dev/reconcile";

    private static final Logger LOG = LoggerFactory.getLogger(RustStackReconciler.class);
    private final Platform platform;
    private final Clock clock;
    private final OperatorMetrics metrics;
    private final Memories memories;
    private final Cluster cluster;
    private final Announcements announcements;
    private final Statuses statuses;
    private final Sources sources;
    private final Work work;
    private final Expiry expiry;

    /** @param metadata to the same server, for objects without what is in them */
    public RustStackReconciler(
            KubernetesClient client,
            KubernetesClient metadata,
            Platform platform,
            Clock clock,
            OperatorMetrics metrics) {
        this.platform = platform;
        this.clock = clock;
        this.metrics = metrics;
        memories = new Memories(metrics::forget);
        cluster = new Cluster(client, metadata);
        var pod = platform.process().podName();
        announcements = new Announcements(client, clock, pod == null ? "ruststack-operator" : pod);
        statuses = new Statuses(cluster, announcements, memories, metrics);
        sources = new Sources(memories, platform, metadata);
        work = new Work(cluster, platform, sources);
        expiry = new Expiry(cluster, announcements, platform, metrics);
    }

    @Override
    public List<EventSource<?, RawStack>> prepareEventSources(EventSourceContext<RawStack> context) {
        return sources.prepare(context);
    }

    @Override
    public UpdateControl<RawStack> reconcile(RawStack resource, Context<RawStack> context) {
        var id = ResourceID.fromResource(resource);
        sources.lookBegins(id);
        if (resource.getMetadata().getDeletionTimestamp() != null) {
            memories.forget(id);
            return UpdateControl.noUpdate();
        }
        var memory = memories.of(id, resource.getMetadata().getUid());
        if (!memory.beginLook()) {
            // A look that was asked for before the stack was deleted and made again goes on, while its own has begun.
            return UpdateControl.<RawStack>noUpdate().rescheduleAfter(AFTER_ANOTHER_LOOK);
        }
        try {
            return reconcile(resource, memory, context);
        } finally {
            memory.endLook();
        }
    }

    private UpdateControl<RawStack> reconcile(RawStack resource, StackMemory memory, Context<RawStack> context) {
        return switch (read(resource, memory)) {
            case StackReader.Unreadable(var problems) -> {
                stall(resource, memory, problems);
                yield UpdateControl.noUpdate();
            }
            case StackReader.Sound(var stack, var warnings) -> {
                warnings.forEach(warning -> announcements.say(resource, Announcements.WARNING, "SpecWarning", warning));
                yield reconcile(resource, withAnnotations(stack, resource), memory, context);
            }
        };
    }

    private UpdateControl<RawStack> reconcile(
            RawStack resource, Stack stack, StackMemory memory, Context<RawStack> context) {
        // Before anything is looked at: what is noted later was not seen.
        var now = clock.instant();
        try (var round = new Round(stack, memory, Observed.of(context, sources.kinds()), now)) {
            return reconcile(resource, round);
        }
    }

    private UpdateControl<RawStack> reconcile(RawStack resource, Round round) {
        var stack = round.stack;
        var memory = round.memory;
        memory.runners = (int) round.observed.runners().stream()
                .filter(pod -> !Observed.isFinished(pod))
                .count();
        if (expiry.hasExpired(round, resource)) {
            return UpdateControl.noUpdate();
        }
        var problems = Validate.problems(stack, platform);
        if (!problems.isEmpty()) {
            stall(resource, memory, problems);
            return again(round);
        }
        if ("Paused".equals(stack.annotations().get(PAUSE_ANNOTATION))) {
            statuses.tell(resource, memory, PAUSED, round.now);
            return again(round);
        }
        RustStackStatus status;
        try {
            status = work.run(round, expiry.time(stack));
        } catch (RuntimeException e) {
            statuses.tell(resource, memory, Finding.passing("InternalError", e.toString()), round.now);
            throw e;
        } catch (OutOfMemoryError e) {
            // Left to itself it would end the reconciler's thread, and this stack would never be looked at again.
            LOG.error("Not enough memory for {}/{}", stack.namespace(), stack.name(), e);
            memory.forgetSpec();
            statuses.tell(resource, memory, TOO_LITTLE_MEMORY, round.now);
            return UpdateControl.<RawStack>noUpdate().rescheduleAfter(AFTER_TOO_LITTLE_MEMORY);
        }
        if (round.failures().stream().anyMatch(Cluster::isNamespaceEnding)) {
            // The stack goes with it: there is nothing to try again, and nobody to tell.
            return UpdateControl.noUpdate();
        }
        if (memory.steps.isComplete() && !memory.readyCounted) {
            memory.readyCounted = true;
            metrics.becameReady(memory.steps.untilReady());
        }
        statuses.write(resource, memory, status);
        rethrow(round.failures());
        return again(round);
    }

    private static final Duration AFTER_ANOTHER_LOOK = Duration.ofMillis(200);
    private static final Duration AFTER_TOO_LITTLE_MEMORY = Duration.ofMinutes(1);

    private static final Finding TOO_LITTLE_MEMORY = Finding.passing(
            "OperatorOutOfMemory",
            "the operator has too little memory for this stack's seed: give it more (resources.limits.memory of its chart),"
                    + " or declare less, with code.imageUri or code.url for large functions");

    private static final Finding PAUSED =
            Finding.passing("Paused", "nothing is changed while the annotation " + PAUSE_ANNOTATION + " is Paused");

    /** What the resource says, read once for each generation. */
    private StackReader.Reading read(RawStack resource, StackMemory memory) {
        long generation = Objects.requireNonNullElse(resource.getMetadata().getGeneration(), 0L);
        var known = memory.reading;
        if (known != null && memory.generation == generation) {
            return known;
        }
        if (memory.generation == -1) {
            memory.written = StackReader.status(resource);
        }
        var reading = StackReader.read(resource);
        memory.reading = reading;
        memory.generation = generation;
        memory.forgetSpec();
        memory.steps = steps(memory.written, generation);
        memory.readyCounted = memory.steps.isComplete();
        return reading;
    }

    private Steps steps(@Nullable RustStackStatus status, long generation) {
        var now = clock.instant();
        if (status == null || !Objects.equals(status.observedGeneration(), generation)) {
            return new Steps(now, List.of());
        }
        var latest = status.timings().stream()
                .mapToLong(timing -> timing.milliseconds())
                .max()
                .orElse(0);
        return new Steps(now.minusMillis(latest), status.timings());
    }

    private static Stack withAnnotations(Stack stack, RawStack resource) {
        var annotations = resource.getMetadata().getAnnotations();
        return annotations == null || annotations.equals(stack.annotations())
                ? stack
                : new Stack(
                        stack.namespace(),
                        stack.name(),
                        stack.uid(),
                        stack.generation(),
                        annotations,
                        stack.creationTimestamp(),
                        stack.spec());
    }

    private void stall(RawStack resource, StackMemory memory, List<Problem> problems) {
        var message = problems.stream().limit(20).map(Problem::toString).collect(Collectors.joining("; "));
        statuses.tell(resource, memory, Finding.stalled(Finding.INVALID_SPEC, message), clock.instant());
    }

    private static UpdateControl<RawStack> again(Round round) {
        UpdateControl<RawStack> control = UpdateControl.noUpdate();
        Duration time = round.again();
        return time == null ? control : control.rescheduleAfter(time);
    }

    private static void rethrow(List<RuntimeException> failures) {
        if (!failures.isEmpty()) {
            var first = failures.getFirst();
            failures.stream().skip(1).filter(other -> !other.equals(first)).forEach(first::addSuppressed);
            throw first;
        }
    }

    @Override
    public void close() {
        memories.close();
        sources.close();
        work.close();
    }
}
