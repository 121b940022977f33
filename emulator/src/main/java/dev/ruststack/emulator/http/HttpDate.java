package dev.ruststack.emulator.http;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The Date header line, made once a second. It tells the machine's time and steers nothing, so no clock is injected. */
final class HttpDate {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private static volatile Line latest = new Line(0, new byte[0]);

    private record Line(long second, byte[] bytes) {}

    private HttpDate() {}

    /** The whole line with its end; the array is shared and must not change. */
    static byte[] line() {
        long second = System.currentTimeMillis() / 1000;
        var line = latest;
        if (line.second != second) {
            var text = "Date: " + FORMAT.format(Instant.ofEpochSecond(second)) + "\r\n";
            line = new Line(second, text.getBytes(StandardCharsets.US_ASCII));
            latest = line;
        }
        return line.bytes;
    }
}
