package dev.ruststack.operator.reconcile;

import dev.ruststack.crds.SeedPolicy;
import dev.ruststack.crds.status.RustStackStatus;
import dev.ruststack.operator.admin.EmulatorState;
import dev.ruststack.operator.admin.EmulatorWatch;
import dev.ruststack.operator.seed.SeedBundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Brings the seed to a running emulator when what it was seeded with is not what is declared: after an edit, when a
 * reseed is asked for, or when a client deleted something declared. A start needs none: the seed is mounted.
 */
final class Seeding {
    static final String RESEED_ANNOTATION = "ruststack.dev/reseed-requested-at";

    /** How long an emulator that just started may take to read its mounted seed, before it is brought one. */
    private static final Duration MOUNTED = Duration.ofSeconds(5);

    /** How long a seed that was brought may go unheard of, before it is brought again. */
    private static final Duration UNHEARD = Duration.ofSeconds(10);

    private final Content content;

    Seeding(Content content) {
        this.content = content;
    }

    /** @return the reseed request that has been met */
    @Nullable
    String run(Round round, EmulatorWatch watch, EmulatorState state, SeedBundle seed) {
        var met = met(round.memory.written);
        var request = round.stack.annotations().get(RESEED_ANNOTATION);
        var isApplied = seed.revision().equals(state.seed().revision())
                && state.seed().state().equals(EmulatorState.Seed.APPLIED);
        if (request != null && !request.equals(met) && isApplied) {
            if (met == null && hasNeverBeenSeeded(round.memory.written)) {
                return request;
            }
            send(round, watch, seed, state.bootId() + " request " + request);
            return request;
        }
        if (!seed.revision().equals(state.seed().revision())) {
            if (isWaitingForItsMount(round, state)) {
                round.lookAgainIn(MOUNTED);
            } else {
                send(round, watch, seed, state.bootId() + " revision " + seed.revision());
            }
        } else if (isApplied && hasDrifted(state) && !isOnce(round)) {
            send(round, watch, seed, state.bootId() + " drift " + state.seed().appliedTime());
        }
        return met;
    }

    static @Nullable String met(@Nullable RustStackStatus status) {
        return status == null || status.seed() == null ? null : status.seed().observedReseedRequest();
    }

    private static boolean hasNeverBeenSeeded(@Nullable RustStackStatus status) {
        return status == null || status.seed() == null || status.seed().revision() == null;
    }

    private static boolean isOnce(Round round) {
        return round.stack.spec().seedPolicy().mode().equals(SeedPolicy.ONCE);
    }

    private static boolean hasDrifted(EmulatorState state) {
        return state.items().stream().anyMatch(item -> item.state().equals(EmulatorState.Item.DRIFTED));
    }

    private static boolean isWaitingForItsMount(Round round, EmulatorState state) {
        if (state.seed().revision() != null) {
            return false;
        }
        if (!Objects.equals(round.memory.bootHeard, state.bootId())) {
            round.memory.bootHeard = state.bootId();
            round.memory.bootHeardAt = round.now;
        }
        return round.memory.bootHeardAt.plus(MOUNTED).isAfter(round.now);
    }

    private void send(Round round, EmulatorWatch watch, SeedBundle seed, String why) {
        var memory = round.memory;
        if (why.equals(memory.seedSent) && memory.seedSentAt.plus(UNHEARD).isAfter(round.now)) {
            round.lookAgainIn(UNHEARD);
            return;
        }
        try {
            var file = content.file(round, seed);
            if (file == null) {
                return;
            }
            watch.client().seed(file::stream, seed.bytes());
            memory.seedSent = why;
            memory.seedSentAt = round.now;
            round.lookAgainIn(UNHEARD.plusSeconds(1));
        } catch (IOException e) {
            throw new UncheckedIOException("the seed could not be handed to the emulator", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while seeding", e);
        }
    }
}
