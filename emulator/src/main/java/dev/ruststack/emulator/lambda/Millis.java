package dev.ruststack.emulator.lambda;

/** Times as Lambda writes them: with two decimals. */
final class Millis {
    private Millis() {}

    /** Nanoseconds as milliseconds: {@code 12.34}. */
    static String ofNanos(long nanos) {
        return decimals(nanos / 10_000);
    }

    /** Milliseconds as seconds: {@code 3.00}. */
    static String seconds(long millis) {
        return decimals(millis / 10);
    }

    private static String decimals(long hundredths) {
        long rest = hundredths % 100;
        return hundredths / 100 + (rest < 10 ? ".0" : ".") + rest;
    }
}
