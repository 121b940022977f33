package dev.ruststack.operator.reconcile;

import dev.ruststack.crds.NameReference;
import dev.ruststack.crds.status.Count;
import dev.ruststack.crds.status.EmulatorStatus;
import dev.ruststack.crds.status.Endpoints;
import dev.ruststack.crds.status.ItemStatus;
import dev.ruststack.crds.status.RustStackStatus;
import dev.ruststack.crds.status.SeedStatus;
import dev.ruststack.operator.admin.EmulatorState;
import dev.ruststack.operator.admin.EmulatorState.Item;
import dev.ruststack.operator.desired.Facts;
import dev.ruststack.operator.desired.Names;
import dev.ruststack.operator.desired.Stack;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes a stack's status from what a reconcile saw. Pure: the same sight gives the same status. */
final class StatusOf {
    private static final int SHOWN_IN_FULL = 32;
    private static final int MOST = 256;

    private final Readiness readiness;
    private final RustStackStatus previous;
    private final @Nullable Facts facts;

    /** @param facts null while nothing could be applied */
    StatusOf(Readiness readiness, @Nullable RustStackStatus previous, @Nullable Facts facts) {
        this.readiness = readiness;
        this.previous = orEmpty(previous);
        this.facts = facts;
    }

    RustStackStatus status(@Nullable String metReseedRequest, @Nullable Instant expiration) {
        var round = readiness.round();
        var stack = round.stack;
        return new RustStackStatus(
                stack.generation(),
                conditions().list(),
                facts == null ? previous.endpoints() : endpoints(stack, facts),
                facts == null ? previous.binding() : new NameReference(Names.bindingSecret(stack)),
                seed(metReseedRequest),
                count("Bucket", stack.spec().buckets().size()),
                count("Table", stack.spec().tables().size()),
                count("Function", stack.spec().functions().size()),
                items(),
                emulator(),
                round.memory.steps.timings(),
                expiration == null ? null : expiration.toString());
    }

    private Conditions conditions() {
        var round = readiness.round();
        var ready = readiness.ready();
        var finding = round.finding();
        var conditions = new Conditions(previous.conditions(), round.stack.generation(), round.now)
                .ready(
                        ready.isReady(),
                        finding == null ? readiness.isFinal() : finding.stalled(),
                        ready.reason(),
                        ready.message());
        var emulator = readiness.emulator();
        var seeded = readiness.seeded();
        var functions = readiness.functions();
        return conditions
                .add(Conditions.EMULATOR_AVAILABLE, emulator.isReady(), emulator.reason(), emulator.message())
                .add(Conditions.SEEDED, seeded.isReady(), seeded.reason(), seeded.message())
                .add(Conditions.FUNCTIONS_AVAILABLE, functions.isReady(), functions.reason(), functions.message());
    }

    /** The status of a resource that cannot be read, or is paused: what runs still runs, and stays described. */
    static RustStackStatus set(
            @Nullable RustStackStatus before, @Nullable Long generation, Finding finding, Instant now) {
        var previous = orEmpty(before);
        var conditions = new Conditions(previous.conditions(), generation, now);
        if (finding.stalled()) {
            conditions.ready(false, true, finding.reason(), finding.message());
        } else {
            conditions
                    .add(Conditions.READY, false, finding.reason(), finding.message())
                    .add(Conditions.RECONCILING, false, finding.reason(), "")
                    .add(Conditions.STALLED, false, "None", "");
        }
        conditions.keep(Conditions.EMULATOR_AVAILABLE).keep(Conditions.SEEDED).keep(Conditions.FUNCTIONS_AVAILABLE);
        return new RustStackStatus(
                generation,
                conditions.list(),
                previous.endpoints(),
                previous.binding(),
                previous.seed(),
                previous.buckets(),
                previous.tables(),
                previous.functions(),
                previous.resources(),
                previous.emulator(),
                previous.timings(),
                previous.expirationTime());
    }

    private static RustStackStatus orEmpty(@Nullable RustStackStatus status) {
        return status == null
                ? new RustStackStatus(
                        null, List.of(), null, null, null, null, null, null, List.of(), null, List.of(), null)
                : status;
    }

    private static Endpoints endpoints(Stack stack, Facts facts) {
        return new Endpoints(
                dev.ruststack.operator.desired.Endpoints.aws(stack),
                dev.ruststack.operator.desired.Endpoints.byAddress(facts),
                dev.ruststack.operator.desired.Endpoints.external(stack));
    }

    private @Nullable SeedStatus seed(@Nullable String metReseedRequest) {
        var state = readiness.state();
        if (state == null || !state.seed().state().equals(EmulatorState.Seed.APPLIED)) {
            var before = previous.seed();
            return before == null
                    ? null
                    : new SeedStatus(
                            before.revision(),
                            metReseedRequest,
                            before.lastAppliedTime(),
                            before.durationMilliseconds());
        }
        var seed = state.seed();
        return new SeedStatus(seed.revision(), metReseedRequest, seed.appliedTime(), seed.durationMilliseconds());
    }

    private Count count(String kind, int declared) {
        var known = all().filter(item -> item.kind().equals(kind)).toList();
        return new Count(Math.max(declared, known.size()), (int)
                known.stream().filter(item -> item.state().equals(Item.READY)).count());
    }

    private Stream<Item> all() {
        var state = readiness.state();
        return state == null ? Stream.empty() : state.items().stream();
    }

    private List<ItemStatus> items() {
        var isShort = all().count() <= SHOWN_IN_FULL;
        var seen = new HashSet<List<String>>();
        return all().filter(item -> isShort || !item.state().equals(Item.READY))
                .map(StatusOf::item)
                .filter(item -> !item.kind().isEmpty() && !item.name().isEmpty())
                .filter(item -> seen.add(List.of(item.kind(), item.name())))
                .limit(MOST)
                .toList();
    }

    /** The emulator's words are not trusted: what the schema does not take would be refused with all the rest. */
    private static ItemStatus item(Item item) {
        var isDrifted = item.state().equals(Item.DRIFTED);
        return new ItemStatus(
                cut(item.kind(), 32),
                cut(item.name(), 255),
                cutOrNull(item.origin(), 32),
                cut(isDrifted ? "Pending" : item.state(), 32),
                cutOrNull(item.arn(), 2048),
                atLeastZero(item.items()),
                atLeastZero(item.runners()),
                cutOrNull(isDrifted ? Item.DRIFTED : item.reason(), 128),
                cutOrNull(item.message(), 1024));
    }

    private static @Nullable Integer atLeastZero(@Nullable Integer number) {
        return number == null ? null : Math.max(0, number);
    }

    private static @Nullable String cutOrNull(@Nullable String text, int length) {
        return text == null ? null : cut(text, length);
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }

    private @Nullable EmulatorStatus emulator() {
        var pod = readiness.round().observed.emulatorPod();
        if (pod == null) {
            return previous.emulator();
        }
        var state = readiness.state();
        return new EmulatorStatus(
                cutOrNull(image(pod), 512),
                state == null ? null : cutOrNull(state.version(), 64),
                restarts(pod),
                pod.getStatus() == null ? null : pod.getStatus().getStartTime());
    }

    private static @Nullable String image(Pod pod) {
        return pod.getSpec().getContainers().stream()
                .filter(container -> container.getName().equals(Names.EMULATOR))
                .map(Container::getImage)
                .findFirst()
                .orElse(null);
    }

    static int restarts(Pod pod) {
        return pod.getStatus() == null
                ? 0
                : pod.getStatus().getContainerStatuses().stream()
                        .filter(container -> container.getName().equals(Names.EMULATOR))
                        .mapToInt(container -> Objects.requireNonNullElse(container.getRestartCount(), 0))
                        .sum();
    }
}
