package dev.ruststack.operator.reconcile;

import dev.ruststack.crds.SeedPolicy;
import dev.ruststack.operator.admin.EmulatorState;
import dev.ruststack.operator.admin.EmulatorState.Item;
import dev.ruststack.operator.desired.Names;
import dev.ruststack.operator.seed.SeedBundle;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How far a stack is, step by step: the first step that is not done is the reason why it is not Ready.
 *
 * @param emulatorLog last lines of an emulator that crashed
 */
record Readiness(
        Round round,
        @Nullable EmulatorState state,
        @Nullable SeedBundle seed,
        List<String> emulatorLog) {
    /** @param isReady false for everything that is yet to come or does not work */
    record Verdict(boolean isReady, String reason, String message) {}

    private static final String READY = "StackReady";
    private static final String STARTING = "EmulatorStarting";
    private static final String SEEDING = "Seeding";
    private static final String POD_STARTS = "the emulator's pod is not ready yet";
    private static final String YET_TO_COME = "the emulator's pod is yet to come";
    private static final Set<String> FAILED = Set.of(Finding.SEED_FAILED, "RunnerFailed");

    Verdict emulator() {
        var pod = round.observed.emulatorPod();
        if (pod == null) {
            return notYet("Pending", refusal());
        }
        var trouble = PodTrouble.of(pod);
        var isReady = isReady(pod);
        if (trouble != null && !isReady) {
            return trouble(trouble);
        }
        if (isRolling()) {
            return notYet("RollingEmulator", "the emulator restarts with other settings");
        }
        if (state == null) {
            return notYet(STARTING, "the emulator's pod " + pod.getMetadata().getName() + " starts");
        }
        return isReady
                ? new Verdict(true, "PodReady", "")
                : notYet(STARTING, unready().findAny().isPresent() ? POD_STARTS : obstacle(POD_STARTS));
    }

    Verdict seeded() {
        if (state == null) {
            return notYet(STARTING, "");
        }
        if (seed == null) {
            return notYet("SeedTooLarge", "");
        }
        var isApplied = state.seed().state().equals(EmulatorState.Seed.APPLIED)
                && seed.revision().equals(state.seed().revision());
        if (!isApplied) {
            return notYet(SEEDING, "the declared items are being brought about");
        }
        var failed = unready().filter(item -> !item.kind().equals("Function")).toList();
        return failed.isEmpty() ? new Verdict(true, "SeedApplied", "") : items(failed, Finding.SEED_FAILED, SEEDING);
    }

    Verdict functions() {
        if (state == null) {
            return notYet(STARTING, "");
        }
        var unready = unready().filter(item -> item.kind().equals("Function")).toList();
        return unready.isEmpty()
                ? new Verdict(true, "RunnersConnected", "")
                : items(unready, "RunnerFailed", "RunnerStarting");
    }

    Verdict ready() {
        var finding = round.finding();
        if (finding != null) {
            return notYet(finding.reason(), finding.message());
        }
        for (var step : List.of(emulator(), seeded(), functions())) {
            if (!step.isReady()) {
                return step.reason().equals(STARTING) ? failureOr(step) : step;
            }
        }
        return state != null && state.ready() ? new Verdict(true, READY, "") : notYet(STARTING, obstacle(""));
    }

    private String obstacle(String otherwise) {
        return state == null ? otherwise : Objects.requireNonNullElse(state.notReady(), otherwise);
    }

    /** Whether only a change of the declaration, or of what it refers to, can help: a service refuses an item as it is. */
    boolean isFinal() {
        return FAILED.contains(ready().reason())
                && unready()
                        .filter(item -> item.state().equals(Item.FAILED))
                        .anyMatch(item -> Finding.SEED_FAILED.equals(item.reason()));
    }

    /** What could not be made keeps an emulator that has started from being ready: that is the reason, not its pod. */
    private Verdict failureOr(Verdict starting) {
        if (state == null || seeded().reason().equals(SEEDING)) {
            return starting;
        }
        return Stream.of(seeded(), functions())
                .filter(step -> FAILED.contains(step.reason()))
                .findFirst()
                .orElse(starting);
    }

    private Stream<Item> unready() {
        var driftIsFine = round.stack.spec().seedPolicy().mode().equals(SeedPolicy.ONCE);
        return Objects.requireNonNull(state).items().stream()
                .filter(item -> !Item.RUNTIME.equals(item.origin()))
                .filter(item -> !item.state().equals(Item.READY))
                .filter(item -> !(driftIsFine && item.state().equals(Item.DRIFTED)));
    }

    private static Verdict items(List<Item> items, String failed, String pending) {
        var failures =
                items.stream().filter(item -> item.state().equals(Item.FAILED)).toList();
        var shown = failures.isEmpty() ? items : failures;
        return notYet(
                failures.isEmpty() ? pending : failed,
                shown.stream().limit(5).map(Readiness::describe).collect(Collectors.joining("; "))
                        + (shown.size() > 5 ? "; and " + (shown.size() - 5) + " more" : ""));
    }

    private static String describe(Item item) {
        var why = item.message() == null ? Objects.requireNonNullElse(item.reason(), item.state()) : item.message();
        return item.kind() + " " + item.name() + ": " + why;
    }

    private Verdict trouble(PodTrouble trouble) {
        var where = trouble.container() == null ? "" : "container " + trouble.container() + ": ";
        var message = where + trouble.reason() + (trouble.message().isEmpty() ? "" : ", " + trouble.message());
        if (trouble.isPull()) {
            return notYet("ImagePullFailed", message);
        }
        if (trouble.isCrash()) {
            return notYet(
                    "CrashLooping", emulatorLog.isEmpty() ? message : message + "\n" + String.join("\n", emulatorLog));
        }
        return notYet("Unschedulable".equals(trouble.reason()) ? "Unschedulable" : "PodFailed", message);
    }

    private String refusal() {
        var deployment = round.observed.deployment(Names.of(round.stack));
        return deployment == null ? YET_TO_COME : refusal(deployment).orElse(YET_TO_COME);
    }

    /** A quota or Pod Security forbids the pod: only the Deployment says so. */
    static Optional<String> refusal(Deployment deployment) {
        return deployment.getStatus() == null
                ? Optional.empty()
                : deployment.getStatus().getConditions().stream()
                        .filter(condition -> condition.getType().equals("ReplicaFailure"))
                        .filter(condition -> condition.getStatus().equals("True"))
                        .map(condition -> Objects.requireNonNullElse(condition.getMessage(), ""))
                        .findFirst();
    }

    /** Whether the Deployment has yet to replace its pod. */
    private boolean isRolling() {
        var deployment = round.observed.deployment(Names.of(round.stack));
        return deployment == null || !hasRolled(deployment);
    }

    static boolean hasRolled(Deployment deployment) {
        var status = deployment.getStatus();
        return status != null
                && Objects.requireNonNullElse(status.getObservedGeneration(), 0L)
                        >= Objects.requireNonNullElse(deployment.getMetadata().getGeneration(), 0L)
                && Objects.requireNonNullElse(status.getUpdatedReplicas(), 0) >= 1;
    }

    static boolean isReady(Pod pod) {
        return pod.getStatus() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
    }

    private static Verdict notYet(String reason, String message) {
        return new Verdict(false, reason, message);
    }
}
