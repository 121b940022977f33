package dev.ruststack.emulator.aws.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an XML document while it is written. A list of 1,000 objects has about 20,000 pieces: each goes straight
 * into one array.
 */
final class XmlBytes {
    private static final int ASCII = 0x80;
    private static final @Nullable String[] REFERENCES = references();

    private byte[] bytes = new byte[1024];
    private int size;

    void raw(byte[] part) {
        reserve(part.length);
        System.arraycopy(part, 0, bytes, size, part.length);
        size += part.length;
    }

    void raw(String ascii) {
        raw(ascii.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Writes text, with references for what would be markup and for what XML 1.0 forbids. */
    void escaped(String text) {
        reserve(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ASCII) {
                beyondAscii(text, i);
                return;
            }
            var reference = REFERENCES[c];
            if (reference == null) {
                bytes[size++] = (byte) c;
            } else {
                raw(reference);
                reserve(text.length() - i);
            }
        }
    }

    private void beyondAscii(String text, int from) {
        int plainFrom = from;
        for (int i = from; i < text.length(); i++) {
            var reference = reference(text.charAt(i));
            if (reference != null) {
                utf8(text.substring(plainFrom, i));
                raw(reference);
                plainFrom = i + 1;
            }
        }
        utf8(text.substring(plainFrom));
    }

    private static @Nullable String reference(char c) {
        if (c < ASCII) {
            return REFERENCES[c];
        }
        return c == 0xFFFE || c == 0xFFFF ? numbered(c) : null;
    }

    private static @Nullable String[] references() {
        var references = new @Nullable String[ASCII];
        for (char c = 0; c < ' '; c++) {
            references[c] = c == '\n' || c == '\t' ? null : numbered(c);
        }
        references['&'] = "&amp;";
        references['<'] = "&lt;";
        references['>'] = "&gt;";
        references['"'] = "&quot;";
        return references;
    }

    private static String numbered(char c) {
        return "&#x" + Integer.toHexString(c) + ";";
    }

    private void utf8(String text) {
        raw(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes an instant as documents have it: milliseconds, UTC. */
    void timestamp(Instant instant) {
        var time = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
        digits(time.getYear(), 4, '-');
        digits(time.getMonthValue(), 2, '-');
        digits(time.getDayOfMonth(), 2, 'T');
        digits(time.getHour(), 2, ':');
        digits(time.getMinute(), 2, ':');
        digits(time.getSecond(), 2, '.');
        digits(time.getNano() / 1_000_000, 3, 'Z');
    }

    private void digits(int number, int count, char next) {
        reserve(count + 1);
        for (int i = size + count - 1, rest = number; i >= size; i--, rest /= 10) {
            bytes[i] = (byte) ('0' + rest % 10);
        }
        size += count;
        bytes[size++] = (byte) next;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
    }
}
