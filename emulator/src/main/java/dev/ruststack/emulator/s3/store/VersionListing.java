package dev.ruststack.emulator.s3.store;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * One page of the versions in a bucket: by key, and those of one key from the current one to the oldest.
 *
 * @param truncated whether more follow
 * @param nextKey the last key or common prefix of the page; empty for an empty page
 * @param nextVersionId the last version of the page; null where the last is a common prefix
 */
public record VersionListing(
        List<Entry> versions,
        List<String> commonPrefixes,
        boolean truncated,
        String nextKey,
        @Nullable String nextVersionId) {
    /** A version of a key. */
    public record Entry(String key, Version version, boolean latest) {}

    /**
     * Which versions to list.
     *
     * @param key only versions of keys after this one, and of this one those after {@code versionId}; empty for all
     * @param versionId null for every version of the key to be left out
     * @param limit the greatest number of versions and common prefixes together
     */
    public record Request(
            String prefix,
            String delimiter,
            String key,
            @Nullable String versionId,
            int limit) {}

    static VersionListing of(ConcurrentNavigableMap<byte[], History> keys, Request request) {
        return request.limit == 0
                ? new VersionListing(List.of(), List.of(), false, "", null)
                : new Walk(keys, request).page();
    }

    /** Goes through the keys once; a common prefix costs one search, however many keys it stands for. */
    private static final class Walk {
        private final ConcurrentNavigableMap<byte[], History> keys;
        private final Request request;
        private final Rollup rollup;
        private final List<Entry> entries = new ArrayList<>();
        private final List<String> commonPrefixes = new ArrayList<>();
        private Iterator<Map.Entry<byte[], History>> rest;
        private String nextKey = "";
        private @Nullable String nextVersionId;

        Walk(ConcurrentNavigableMap<byte[], History> keys, Request request) {
            this.keys = keys;
            this.request = request;
            this.rollup = Rollup.of(request.prefix, request.delimiter);
            this.rest = from(rollup.startAfter(Rollup.utf8(request.key)));
        }

        private Iterator<Map.Entry<byte[], History>> from(byte[] key) {
            return keys.tailMap(key, true).entrySet().iterator();
        }

        VersionListing page() {
            if (!addRestOfMarkedKey()) {
                return answer(true);
            }
            while (rest.hasNext()) {
                var next = rest.next();
                if (!rollup.lists(next.getKey())) {
                    break;
                }
                if (!add(next.getKey(), next.getValue())) {
                    return answer(true);
                }
            }
            return answer(false);
        }

        private VersionListing answer(boolean truncated) {
            return new VersionListing(entries, commonPrefixes, truncated, nextKey, nextVersionId);
        }

        private boolean isFull() {
            return entries.size() + commonPrefixes.size() == request.limit;
        }

        /**
         * Where the version that the page before ended with has gone meanwhile, the key is listed from its beginning:
         * who deletes what is listed page by page is to miss nothing.
         */
        private boolean addRestOfMarkedKey() {
            var id = request.versionId;
            var key = Rollup.utf8(request.key);
            var history = id == null || !rollup.lists(key) || rollup.commonPrefix(key) != null ? null : keys.get(key);
            if (history == null || id == null) {
                return true;
            }
            return addVersions(request.key, history.versions(), indexOf(history.versions(), id) + 1);
        }

        private static int indexOf(List<Version> versions, String id) {
            for (int index = 0; index < versions.size(); index++) {
                if (versions.get(index).id().equals(id)) {
                    return index;
                }
            }
            return -1;
        }

        private boolean add(byte[] key, History history) {
            var rolledUp = rollup.commonPrefix(key);
            if (rolledUp == null) {
                return addVersions(Rollup.text(key), history.versions(), 0);
            }
            if (isFull()) {
                return false;
            }
            nextKey = Rollup.text(rolledUp);
            nextVersionId = null;
            commonPrefixes.add(nextKey);
            rest = from(Rollup.firstAfterAll(rolledUp));
            return true;
        }

        /** False where the page was full before all were on it. */
        private boolean addVersions(String key, List<Version> versions, int first) {
            for (int index = first; index < versions.size(); index++) {
                if (isFull()) {
                    return false;
                }
                var version = versions.get(index);
                entries.add(new Entry(key, version, index == 0));
                nextKey = key;
                nextVersionId = version.id();
            }
            return true;
        }
    }
}
