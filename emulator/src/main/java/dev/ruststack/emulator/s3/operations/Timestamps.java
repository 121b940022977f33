package dev.ruststack.emulator.s3.operations;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Moments in S3's documents, which have whole seconds and write them with three noughts. */
final class Timestamps {
    private Timestamps() {}

    static Instant seconds(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS);
    }
}
