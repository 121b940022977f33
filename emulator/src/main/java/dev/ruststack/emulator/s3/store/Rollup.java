package dev.ruststack.emulator.s3.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How the keys of a list are rolled up into common prefixes. AWS: S3 User Guide, Organizing objects using prefixes.
 *
 * @param prefix only keys that start so are listed
 * @param delimiter keys that have this after the prefix are rolled up; empty for none
 */
record Rollup(byte[] prefix, byte[] delimiter) {
    static Rollup of(String prefix, String delimiter) {
        return new Rollup(utf8(prefix), utf8(delimiter));
    }

    boolean lists(byte[] key) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    /** The key up to the first delimiter after the prefix, or null where there is none. */
    byte @Nullable [] commonPrefix(byte[] key) {
        if (delimiter.length == 0) {
            return null;
        }
        for (int at = prefix.length; at + delimiter.length <= key.length; at++) {
            if (Arrays.equals(key, at, at + delimiter.length, delimiter, 0, delimiter.length)) {
                return Arrays.copyOf(key, at + delimiter.length);
            }
        }
        return null;
    }

    /** Where a list goes on after a key or common prefix, the first key of which is the one given back or a later one. */
    byte[] startAfter(byte[] after) {
        if (after.length == 0 || Arrays.compareUnsigned(after, prefix) < 0) {
            return prefix;
        }
        var rolledUp = lists(after) ? commonPrefix(after) : null;
        return rolledUp == null ? Arrays.copyOf(after, after.length + 1) : firstAfterAll(rolledUp);
    }

    /** The least key greater than all that start so: UTF-8 has no byte 0xFF, so the last byte can grow. */
    static byte[] firstAfterAll(byte[] start) {
        var after = start.clone();
        after[after.length - 1]++;
        return after;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
