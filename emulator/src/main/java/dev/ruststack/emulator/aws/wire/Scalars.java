package dev.ruststack.emulator.aws.wire;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;

/** Single values in headers, queries and XML text. */
public final class Scalars {
    private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

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

    /** An instant as it stands in headers. RFC 9110, IMF-fixdate. Put together by hand, as every GET needs one. */
    public static String httpDate(Instant instant) {
        var time = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), 0, ZoneOffset.UTC);
        var text = new StringBuilder(29);
        text.append(DAYS.get(time.getDayOfWeek().getValue() - 1)).append(", ");
        twoDigits(text, time.getDayOfMonth()).append(' ');
        text.append(MONTHS.get(time.getMonthValue() - 1)).append(' ');
        twoDigits(text, time.getYear() / 100);
        twoDigits(text, time.getYear() % 100).append(' ');
        twoDigits(text, time.getHour()).append(':');
        twoDigits(text, time.getMinute()).append(':');
        return twoDigits(text, time.getSecond()).append(" GMT").toString();
    }

    private static StringBuilder twoDigits(StringBuilder text, int number) {
        return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    /** A value as it stands in a header. */
    static String header(Object value) {
        return value instanceof Instant instant ? httpDate(instant) : value.toString();
    }
}
