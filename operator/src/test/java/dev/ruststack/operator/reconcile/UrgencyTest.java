package dev.ruststack.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.operator.admin.EmulatorState;
import dev.ruststack.operator.admin.EmulatorState.Item;
import dev.ruststack.operator.admin.EmulatorState.Seed;
import dev.ruststack.operator.admin.EmulatorState.Timings;
import dev.ruststack.operator.admin.EmulatorState.WantedSandbox;
import dev.ruststack.operator.seed.SeedBundle;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a stack is looked at for at once; everything else waits for more to come. */
class UrgencyTest {
    private static final Item PENDING =
            new Item("Bucket", "uploads", "Declared", "Pending", null, null, null, null, null);
    private static final Item READY = new Item("Bucket", "uploads", "Declared", "Ready", null, null, null, null, null);
    private static final Item DRIFTED =
            new Item("Bucket", "uploads", "Declared", "Drifted", null, null, null, null, null);
    private static final EmulatorState SEEDING = state(false, Seed.SEEDING, PENDING);
    private static final EmulatorState SEEDED = state(true, Seed.APPLIED, READY);

    private final StackMemory memory = new StackMemory("uid");

    @BeforeEach
    void hasSeed() {
        memory.seed = new SeedBundle("sha256:one", "sha256:two", 1, List.of());
    }

    @Test
    void stepsOfASeedingCanWait() {
        memory.podIsReady = true;

        assertThat(isUrgent(SEEDING, state(false, Seed.SEEDING, READY))).isFalse();
    }

    @Test
    void whatIsReadyIsSaidAtOnceWhereItsPodIsToo() {
        assertThat(isUrgent(SEEDING, SEEDED)).isFalse();

        memory.podIsReady = true;
        assertThat(isUrgent(SEEDING, SEEDED)).isTrue();
        assertThat(isUrgent(null, SEEDED)).isTrue();
    }

    @Test
    void anEmulatorThatFallsSilentIsUrgent() {
        assertThat(isUrgent(SEEDED, null)).isTrue();
    }

    @Test
    void whatAClientDeletedIsMadeAgainAtOnce() {
        assertThat(isUrgent(SEEDED, state(true, Seed.APPLIED, DRIFTED))).isTrue();
    }

    @Test
    void anotherSeedThanTheDeclaredOneIsReplacedAtOnce() {
        memory.seed = new SeedBundle("sha256:other", "sha256:two", 1, List.of());

        assertThat(isUrgent(null, SEEDING)).isTrue();
    }

    @Test
    void aWantedPodIsMadeAtOnce() {
        assertThat(isUrgent(SEEDING, wanting(SEEDING, "Wanted"))).isTrue();
        assertThat(isUrgent(wanting(SEEDING, "Wanted"), wanting(SEEDING, "Connected")))
                .isFalse();
    }

    @Test
    void aPodsTroubleAndItsEndAreUrgentItsStartIsNot() {
        assertThat(Urgency.isUrgent(memory, pod("Running", "True"), null)).isFalse();
        assertThat(Urgency.isUrgent(memory, pod("Failed", "False"), pod("Running", "False")))
                .isTrue();
        assertThat(Urgency.isUrgent(memory, pod("Running", "False"), pod("Running", "True")))
                .isTrue();
    }

    private boolean isUrgent(@Nullable EmulatorState before, @Nullable EmulatorState now) {
        return Urgency.isUrgent(memory, before, now);
    }

    private static EmulatorState state(boolean ready, String seed, Item item) {
        return new EmulatorState(
                1,
                "boot",
                null,
                null,
                ready,
                null,
                new Timings(null, null, null, null),
                new Seed("sha256:one", seed, null, null),
                List.of(item),
                List.of());
    }

    private static EmulatorState wanting(EmulatorState state, String of) {
        var sandbox = new WantedSandbox("abcdefgh", "python3.12", null, null, 128, 512, null, of);
        return new EmulatorState(
                2,
                state.bootId(),
                null,
                null,
                state.ready(),
                null,
                state.timings(),
                state.seed(),
                state.items(),
                List.of(sandbox));
    }

    private static Pod pod(String phase, String ready) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("shop")
                .endMetadata()
                .withNewStatus()
                .withPhase(phase)
                .addNewCondition()
                .withType("Ready")
                .withStatus(ready)
                .endCondition()
                .endStatus()
                .build();
    }
}
