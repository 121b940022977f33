package dev.ruststack.emulator.s3.store;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;

/**
 * One page of a bucket's objects.
 *
 * @param truncated whether more follow
 * @param last the last key or common prefix of the page, after which the next page begins; empty for an empty page
 */
public record Listing(List<Entry> objects, List<String> commonPrefixes, boolean truncated, String last) {
    /** A key and what is stored under it. */
    public record Entry(String key, ObjectVersion version) {}

    /** @param keys those whose current version is an object */
    static <H extends History> Listing of(ConcurrentNavigableMap<byte[], H> keys, ListingRequest request) {
        return request.limit() == 0 ? new Listing(List.of(), List.of(), false, "") : new Walk<>(keys, request).page();
    }

    /** Goes through the keys once; a common prefix costs one search, however many keys it stands for. */
    private static final class Walk<H extends History> {
        private final ConcurrentNavigableMap<byte[], H> keys;
        private final ListingRequest request;
        private final Rollup rollup;
        private final List<Entry> entries = new ArrayList<>();
        private final List<String> commonPrefixes = new ArrayList<>();
        private Iterator<Map.Entry<byte[], H>> rest;
        private String last = "";

        Walk(ConcurrentNavigableMap<byte[], H> keys, ListingRequest request) {
            this.keys = keys;
            this.request = request;
            this.rollup = Rollup.of(request.prefix(), request.delimiter());
            this.rest = from(rollup.startAfter(Rollup.utf8(request.after())));
        }

        private Iterator<Map.Entry<byte[], H>> from(byte[] key) {
            return keys.tailMap(key, true).entrySet().iterator();
        }

        Listing page() {
            while (rest.hasNext()) {
                var next = rest.next();
                if (!rollup.lists(next.getKey())) {
                    break;
                }
                var version = next.getValue().object();
                if (version == null) {
                    continue;
                }
                if (entries.size() + commonPrefixes.size() == request.limit()) {
                    return new Listing(entries, commonPrefixes, true, last);
                }
                add(next.getKey(), version);
            }
            return new Listing(entries, commonPrefixes, false, last);
        }

        private void add(byte[] key, ObjectVersion version) {
            var rolledUp = rollup.commonPrefix(key);
            if (rolledUp == null) {
                last = Rollup.text(key);
                entries.add(new Entry(last, version));
            } else {
                last = Rollup.text(rolledUp);
                commonPrefixes.add(last);
                rest = from(Rollup.firstAfterAll(rolledUp));
            }
        }
    }
}
