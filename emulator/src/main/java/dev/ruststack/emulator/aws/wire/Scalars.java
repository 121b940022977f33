package dev.ruststack.emulator.aws.wire;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Single values in headers, queries and XML text. */
public final class Scalars {
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private Scalars() {}

    /** Parses a value; throws {@link IllegalArgumentException} where it is not of the type. */
    static Object parse(String text, Class<?> type) {
        if (type == String.class) {
            return text;
        }
        if (type == int.class || type == Integer.class) {
            return Integer.parseInt(text.strip());
        }
        if (type == long.class || type == Long.class) {
            return Long.parseLong(text.strip());
        }
        if (type == boolean.class || type == Boolean.class) {
            return parseBoolean(text.strip());
        }
        if (type == Instant.class) {
            return parseInstant(text.strip());
        }
        throw new IllegalStateException("no scalar: " + type);
    }

    private static boolean parseBoolean(String text) {
        if (text.equalsIgnoreCase("true")) {
            return true;
        }
        if (text.equalsIgnoreCase("false")) {
            return false;
        }
        throw new IllegalArgumentException(text);
    }

    private static Instant parseInstant(String text) {
        try {
            return Character.isDigit(text.isEmpty() ? 'x' : text.charAt(0))
                    ? Instant.parse(text)
                    : Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** An instant as it stands in headers. RFC 9110, IMF-fixdate. */
    public static String httpDate(Instant instant) {
        return HTTP_DATE.format(instant);
    }

    /** A value as it stands in a header. */
    static String header(Object value) {
        return value instanceof Instant instant ? httpDate(instant) : value.toString();
    }
}
