package dev.ruststack.emulator.lambda;

import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Makes X-Ray trace headers. AWS: X-Ray Developer Guide, Tracing header. */
public final class TraceId {
    private TraceId() {}

    /** A new root, such as {@code Root=1-67891233-abcdef012345678912345678}. */
    public static String newRoot(Instant now) {
        var random = ThreadLocalRandom.current();
        var hex = HexFormat.of();
        return "Root=1-" + hex.toHexDigits((int) now.getEpochSecond()) + "-" + hex.toHexDigits(random.nextLong())
                + hex.toHexDigits(random.nextInt());
    }

    /** A header as a function sees it: a root, who calls, and that nothing is recorded. */
    public static String unsampled(Instant now) {
        return newRoot(now) + ";Parent="
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()) + ";Sampled=0";
    }
}
