package dev.ruststack.emulator.s3.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a bucket with their histories, sorted by the UTF-8 bytes as S3 lists them. Reading takes no lock; a key is
 * set by one thread at a time, under its lock of {@link KeyLocks}.
 */
final class Keys {
    private final ConcurrentSkipListMap<byte[], History> all = new ConcurrentSkipListMap<>(Arrays::compareUnsigned);

    /**
     * The keys whose current version is an object, so that a list need not go past those that are deleted; null where
     * none can be deleted and stay, which is why a bucket that was never versioned pays nothing for it.
     */
    private volatile @Nullable ConcurrentSkipListMap<byte[], ObjectVersion> live;

    @Nullable
    History find(String key) {
        return all.get(Rollup.utf8(key));
    }

    /**
     * What becomes of a key.
     *
     * @param history null for nothing
     * @param result what the caller wants to know of it
     */
    record Changed<T>(@Nullable History history, T result) {}

    /** Changes a key, by one search where that can be; what the change throws leaves it as it is. */
    <T> T change(String key, Function<@Nullable History, Changed<T>> change) {
        var bytes = Rollup.utf8(key);
        if (live != null) {
            var changed = change.apply(all.get(bytes));
            set(bytes, changed.history);
            return changed.result;
        }
        var results = new ArrayList<T>(1);
        // Called once: another thread's change of this key, for which it would be called again, waits for the lock.
        all.compute(bytes, (same, before) -> {
            var changed = change.apply(before);
            results.add(changed.result);
            return changed.history;
        });
        return results.getLast();
    }

    void set(String key, @Nullable History history) {
        set(Rollup.utf8(key), history);
    }

    private void set(byte[] key, @Nullable History history) {
        if (history == null) {
            all.remove(key);
        } else {
            all.put(key, history);
        }
        var index = live;
        if (index == null) {
            return;
        }
        var object = history == null ? null : history.object();
        if (object == null) {
            index.remove(key);
        } else {
            index.put(key, object);
        }
    }

    /** From now on there may be keys that are deleted and stay. Nothing may be set meanwhile. */
    void expectDeleteMarkers() {
        if (live != null) {
            return;
        }
        var index = new ConcurrentSkipListMap<byte[], ObjectVersion>(Arrays::compareUnsigned);
        all.forEach((key, history) -> {
            var object = history.object();
            if (object != null) {
                index.put(key, object);
            }
        });
        live = index;
    }

    Listing list(ListingRequest request) {
        var index = live;
        return index == null ? Listing.of(all, request) : Listing.of(index, request);
    }

    VersionListing list(VersionListing.Request request) {
        return VersionListing.of(all, request);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    Set<Map.Entry<byte[], History>> entries() {
        return all.entrySet();
    }
}
