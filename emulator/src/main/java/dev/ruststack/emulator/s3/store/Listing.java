package dev.ruststack.emulator.s3.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * One page of a bucket's objects.
 *
 * @param truncated whether more follow
 * @param last the last key or common prefix of the page, after which the next page begins; empty for an empty page
 */
public record Listing(List<Entry> objects, List<String> commonPrefixes, boolean truncated, String last) {
    /** A key and what is stored under it. */
    public record Entry(String key, ObjectVersion version) {}

    static Listing of(ConcurrentNavigableMap<byte[], ObjectVersion> objects, ListingRequest request) {
        return request.limit() == 0 ? new Listing(List.of(), List.of(), false, "") : new Walk(objects, request).page();
    }

    /** Goes through the keys once; a common prefix costs one search, however many keys it stands for. */
    private static final class Walk {
        private final ConcurrentNavigableMap<byte[], ObjectVersion> objects;
        private final ListingRequest request;
        private final byte[] prefix;
        private final byte[] delimiter;
        private final List<Entry> entries = new ArrayList<>();
        private final List<String> commonPrefixes = new ArrayList<>();
        private Iterator<Map.Entry<byte[], ObjectVersion>> rest;
        private String last = "";

        Walk(ConcurrentNavigableMap<byte[], ObjectVersion> objects, ListingRequest request) {
            this.objects = objects;
            this.request = request;
            this.prefix = utf8(request.prefix());
            this.delimiter = utf8(request.delimiter());
            this.rest = start();
        }

        private Iterator<Map.Entry<byte[], ObjectVersion>> start() {
            var after = utf8(request.after());
            if (after.length == 0 || Arrays.compareUnsigned(after, prefix) < 0) {
                return from(prefix, true);
            }
            var rolledUp = startsWith(after, prefix) ? commonPrefix(after) : null;
            return rolledUp == null ? from(after, false) : from(firstAfterAll(rolledUp), true);
        }

        private Iterator<Map.Entry<byte[], ObjectVersion>> from(byte[] key, boolean inclusive) {
            return objects.tailMap(key, inclusive).entrySet().iterator();
        }

        Listing page() {
            while (rest.hasNext()) {
                var next = rest.next();
                if (!startsWith(next.getKey(), prefix)) {
                    break;
                }
                if (entries.size() + commonPrefixes.size() == request.limit()) {
                    return new Listing(entries, commonPrefixes, true, last);
                }
                add(next.getKey(), next.getValue());
            }
            return new Listing(entries, commonPrefixes, false, last);
        }

        private void add(byte[] key, ObjectVersion version) {
            var rolledUp = commonPrefix(key);
            if (rolledUp == null) {
                last = text(key);
                entries.add(new Entry(last, version));
            } else {
                last = text(rolledUp);
                commonPrefixes.add(last);
                rest = from(firstAfterAll(rolledUp), true);
            }
        }

        /** The key up to the first delimiter after the prefix, or null where there is none. */
        private byte @Nullable [] commonPrefix(byte[] key) {
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

        /** The least key greater than all that start so: UTF-8 has no byte 0xFF, so the last byte can grow. */
        private static byte[] firstAfterAll(byte[] start) {
            var after = start.clone();
            after[after.length - 1]++;
            return after;
        }

        private static boolean startsWith(byte[] key, byte[] start) {
            return key.length >= start.length && Arrays.equals(key, 0, start.length, start, 0, start.length);
        }

        private static byte[] utf8(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        private static String text(byte[] utf8) {
            return new String(utf8, StandardCharsets.UTF_8);
        }
    }
}
