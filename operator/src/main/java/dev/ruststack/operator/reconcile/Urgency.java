package dev.ruststack.operator.reconcile;

import dev.ruststack.operator.admin.EmulatorState;
import dev.ruststack.operator.admin.EmulatorState.Item;
import dev.ruststack.operator.admin.EmulatorState.Seed;
import dev.ruststack.operator.admin.EmulatorState.WantedSandbox;
import dev.ruststack.operator.seed.SeedBundle;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether news asks for a look at once: there is something to do, or the stack is Ready by it, or is not any more. */
final class Urgency {
    private Urgency() {}

    /** @param now null where the emulator is not heard any more */
    static boolean isUrgent(StackMemory memory, @Nullable EmulatorState before, @Nullable EmulatorState now) {
        if (now == null) {
            return true;
        }
        return !sandboxes(now).equals(before == null ? Set.of() : sandboxes(before))
                || isSeededOtherwise(memory, now)
                || !drifted(now).equals(before == null ? List.of() : drifted(before))
                || (memory.podIsReady && (before == null || !gist(now).equals(gist(before))));
    }

    /** What decides whether the stack is Ready; that items come one by one while it is seeded does not. */
    private static List<Object> gist(EmulatorState state) {
        var seed = state.seed();
        var isSeeding = seed.state().equals(Seed.SEEDING);
        return List.of(
                state.ready(),
                seed.state(),
                isSeeding
                        ? List.of()
                        : state.items().stream()
                                .filter(item -> !item.state().equals(Item.READY))
                                .toList());
    }

    private static Set<String> sandboxes(EmulatorState state) {
        return state.sandboxes().stream().map(WantedSandbox::id).collect(Collectors.toSet());
    }

    private static List<Item> drifted(EmulatorState state) {
        return state.items().stream()
                .filter(item -> item.state().equals(Item.DRIFTED))
                .toList();
    }

    private static boolean isSeededOtherwise(StackMemory memory, EmulatorState now) {
        var revision = now.seed().revision();
        return revision != null
                && memory.seed instanceof SeedBundle wanted
                && !wanted.revision().equals(revision);
    }

    /** @param before null where the pod is new */
    static boolean isUrgent(StackMemory memory, Pod now, @Nullable Pod before) {
        if (!trouble(now).equals(before == null ? List.of() : trouble(before))) {
            return true;
        }
        var watch = memory.watch;
        var state = watch == null ? null : watch.state();
        var isReady = Readiness.isReady(now);
        var wasReady = before != null && Readiness.isReady(before);
        return isReady ? !wasReady && state != null && state.seed().state().equals(Seed.APPLIED) : wasReady;
    }

    private static List<Object> trouble(Pod pod) {
        var trouble = PodTrouble.of(pod);
        var all = new ArrayList<Object>();
        if (trouble != null) {
            all.addAll(trouble.fingerprint());
        }
        if (Observed.isFinished(pod)) {
            all.add("finished");
        }
        if (StatusOf.restarts(pod) > 0) {
            all.add(StatusOf.restarts(pod));
        }
        return all;
    }

    /** Before its pod is ready a Deployment has no news that could not wait, but that it cannot have one. */
    static boolean isUrgent(StackMemory memory, Deployment now, Deployment before) {
        return memory.podIsReady
                || !Objects.equals(
                        now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
                || !Readiness.refusal(now).equals(Readiness.refusal(before));
    }
}
