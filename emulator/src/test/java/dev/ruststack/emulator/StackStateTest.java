package dev.ruststack.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.crds.RustStackSpec;
import dev.ruststack.emulator.seed.SeedBundle;
import dev.ruststack.emulator.seed.SeedItem;
import dev.ruststack.emulator.seed.SeedProgress;
import dev.ruststack.emulator.seed.SeedReport;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StackStateTest {
    private final StackState state = new StackState(Clock.systemUTC());

    @Test
    void anItemDeletedAfterItsTurnInASeedingHasDriftedWhenThatEnds() throws Exception {
        var item = SeedItem.ready("Bucket", "uploads", null, 0);
        long ticket = state.requested("sha256:1");
        state.begun(ticket, withBucket("uploads"));
        state.progress(ticket, SeedProgress.SILENT).done(item);

        state.check("Bucket", name -> StackItem.Drift.DELETED);
        state.finished(ticket, new SeedReport("sha256:1", 1, List.of(item)));

        assertThat(state.snapshot().items()).extracting(StackItem::state).containsExactly(StackItem.DRIFTED);
    }

    @Test
    void anItemDeletedBetweenBeingFoundAndBeingDoneHasDriftedWhenTheSeedingEnds() throws Exception {
        anItemThatTheNextSeedingBringsBackIsReady();
        var item = SeedItem.ready("Bucket", "uploads", null, 0);
        long ticket = state.requested("sha256:1");
        state.begun(ticket, withBucket("uploads"));

        state.check("Bucket", name -> StackItem.Drift.DELETED);
        state.progress(ticket, SeedProgress.SILENT).done(item);
        state.finished(ticket, new SeedReport("sha256:1", 1, List.of(item)));

        assertThat(state.snapshot().items()).extracting(StackItem::state).containsExactly(StackItem.DRIFTED);
    }

    @Test
    void aSeedingThatCameToNoEndIsNoSeeding() {
        long ticket = state.requested("sha256:1");

        state.givenUp(ticket, "seeding failed unexpectedly: java.lang.IllegalStateException");

        assertThat(state.snapshot().seed().revision()).isEmpty();
        assertThat(state.snapshot().seed().state()).isEqualTo("None");
        assertThat(state.refusal()).contains("IllegalStateException");
    }

    @Test
    void anItemThatTheNextSeedingBringsBackIsReady() throws Exception {
        anItemDeletedAfterItsTurnInASeedingHasDriftedWhenThatEnds();
        var item = SeedItem.ready("Bucket", "uploads", null, 0);
        long ticket = state.requested("sha256:1");
        state.begun(ticket, withBucket("uploads"));

        state.progress(ticket, SeedProgress.SILENT).done(item);
        state.finished(ticket, new SeedReport("sha256:1", 1, List.of(item)));

        assertThat(state.snapshot().items()).allMatch(StackItem::ready);
    }

    private static RustStackSpec withBucket(String name) throws Exception {
        return SeedBundle.read(Bundles.bundle("1", "{\"buckets\": [{\"name\": \"%s\"}]}".formatted(name)))
                .spec();
    }
}
