package dev.ruststack.emulator.s3;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Dates in conditional headers. RFC 9110, section 5.6.7; S3 also takes ISO 8601. */
final class HttpDate {
    private static final List<DateTimeFormatter> FORMATS = List.of(
            DateTimeFormatter.RFC_1123_DATE_TIME,
            DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss zzz", Locale.US),
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US).withZone(ZoneOffset.UTC),
            DateTimeFormatter.ISO_DATE_TIME.withZone(ZoneOffset.UTC));

    private HttpDate() {}

    /** The moment, or null where the text is no date: such a header is as if it were not there. */
    static @Nullable Instant parse(String text) {
        for (var format : FORMATS) {
            try {
                return Instant.from(format.parse(text.strip()));
            } catch (DateTimeParseException e) {
                // The next format may fit.
            }
        }
        return null;
    }
}
