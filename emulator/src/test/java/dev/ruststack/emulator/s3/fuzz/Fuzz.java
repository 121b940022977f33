package dev.ruststack.emulator.s3.fuzz;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/**
 * Repeats a test with random input. The build runs a fixed number of fixed seeds; {@code -Druststack.fuzz.seconds=600}
 * runs new ones for so long, {@code -Druststack.fuzz.seed=N} one that failed.
 */
final class Fuzz {
    private static final Long SECONDS = Long.getLong("ruststack.fuzz.seconds");
    private static final Long SEED = Long.getLong("ruststack.fuzz.seed");

    private Fuzz() {}

    /** One try. */
    @FunctionalInterface
    interface Try {
        void with(Random random) throws Exception;
    }

    static void run(int times, Try attempt) {
        if (SEED != null) {
            one(SEED, attempt);
        } else if (SECONDS == null) {
            for (long seed = 1; seed <= times; seed++) {
                one(seed, attempt);
            }
        } else {
            var end = Instant.now().plus(Duration.ofSeconds(SECONDS));
            var seeds = new Random();
            while (Instant.now().isBefore(end)) {
                one(seeds.nextLong(), attempt);
            }
        }
    }

    private static void one(long seed, Try attempt) {
        try {
            attempt.with(new Random(seed));
        } catch (Exception | AssertionError e) {
            throw new AssertionError("-Druststack.fuzz.seed=" + seed + ": " + e.getMessage(), e);
        }
    }
}
