package dev.ruststack.emulator.s3.store;

import dev.ruststack.emulator.journal.Journaled;
import dev.ruststack.emulator.s3.S3Error;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A bucket and its objects, sorted by the UTF-8 bytes of their keys as S3 lists them. Safe for use by several threads:
 * a key changes atomically, and keys do not wait for one another. Where changes are kept, each is handed to the journal
 * before it is made.
 */
public final class Bucket {
    private final String name;
    private final String ownerAccountId;
    private final String region;
    private final Instant created;
    private final ConcurrentSkipListMap<byte[], ObjectVersion> objects =
            new ConcurrentSkipListMap<>(Arrays::compareUnsigned);
    /** Shared by changes of keys; exclusive for the moment in which an empty bucket is closed. */
    private final ReentrantReadWriteLock lifetime = new ReentrantReadWriteLock();

    private volatile boolean closed;

    /** Where changes are noted first; null where they need not outlive the process. */
    private final @Nullable ChangeLog log;

    Bucket(String name, BucketRecord.Made made, @Nullable ChangeLog log) {
        this.name = name;
        this.ownerAccountId = made.ownerAccountId();
        this.region = made.region();
        this.created = made.created();
        this.log = log;
    }

    public String name() {
        return name;
    }

    public String ownerAccountId() {
        return ownerAccountId;
    }

    public String region() {
        return region;
    }

    public Instant created() {
        return created;
    }

    /** The ARN. AWS: Service Authorization Reference, Amazon S3. */
    public String arn() {
        return "arn:aws:s3:::" + name;
    }

    /** The current version of an object, or null. */
    public @Nullable ObjectVersion find(String key) {
        return objects.get(bytes(key));
    }

    /** The current version of an object; throws {@link S3Error#NO_SUCH_KEY}. */
    public ObjectVersion require(String key) {
        var version = find(key);
        if (version == null) {
            throw S3Error.NO_SUCH_KEY.with("Key", key);
        }
        return version;
    }

    /** Decides what comes after what is there; either may be null for nothing. */
    @FunctionalInterface
    public interface Change {
        /** May be called several times, so it must do nothing but decide; an exception leaves the key as it is. */
        @Nullable
        ObjectVersion apply(@Nullable ObjectVersion current);
    }

    /**
     * Changes one key atomically. Where the change cannot be kept it is not made, and an exception says so.
     *
     * @return what was there before; its blob is the caller's to release
     */
    public @Nullable ObjectVersion change(String key, Change change) {
        lifetime.readLock().lock();
        try {
            if (closed) {
                throw S3Error.NO_SUCH_BUCKET.with("BucketName", name);
            }
            return log == null ? swap(key, change) : swapNoted(key, change, log);
        } finally {
            lifetime.readLock().unlock();
        }
    }

    private @Nullable ObjectVersion swap(String key, Change change) {
        var before = new AtomicReference<@Nullable ObjectVersion>();
        objects.compute(bytes(key), (same, current) -> {
            before.set(current);
            return change.apply(current);
        });
        return before.get();
    }

    private @Nullable ObjectVersion swapNoted(String key, Change change, ChangeLog notes) {
        var lock = notes.lock(this, key);
        lock.lock();
        try {
            var current = find(key);
            var next = change.apply(current);
            if (next != null) {
                notes.put(this, key, next);
            } else if (current != null) {
                notes.removed(this, key);
            }
            restore(key, next);
            return current;
        } finally {
            lock.unlock();
        }
    }

    /** Sets a key to what it was before, or removes it, without a note. */
    void restore(String key, @Nullable ObjectVersion version) {
        if (version == null) {
            objects.remove(bytes(key));
        } else {
            objects.put(bytes(key), version);
        }
    }

    /** A page of the objects; its cost depends on its length, not on the number of objects. */
    public Listing list(ListingRequest request) {
        return Listing.of(objects, request);
    }

    /** Whether there are no objects. */
    public boolean isEmpty() {
        return objects.isEmpty();
    }

    /** Whether the bucket is gone: it may still be found for a moment, but takes nothing any more. */
    boolean isClosed() {
        return closed;
    }

    /** Closes the bucket for ever; false where it still has objects. */
    boolean close() {
        lifetime.writeLock().lock();
        try {
            if (!closed && objects.isEmpty()) {
                end();
            }
            return closed;
        } finally {
            lifetime.writeLock().unlock();
        }
    }

    /** Closes the bucket for ever and hands over what was in it; its blobs are the caller's to release. */
    List<ObjectVersion> drain() {
        lifetime.writeLock().lock();
        try {
            if (closed) {
                return List.of();
            }
            end();
            return List.copyOf(objects.values());
        } finally {
            lifetime.writeLock().unlock();
        }
    }

    private void end() {
        if (log != null) {
            log.dropped(this);
        }
        closed = true;
    }

    /** Returns once no change is under way that was noted before. */
    void settle() {
        lifetime.writeLock().lock();
        lifetime.writeLock().unlock();
    }

    /** Gives the bucket and its objects as records. */
    void write(Journaled.Sink sink) throws IOException {
        if (closed) {
            return;
        }
        sink.accept(BucketRecord.made(this).json());
        for (var entry : objects.entrySet()) {
            sink.accept(BucketRecord.put(this, text(entry.getKey()), entry.getValue())
                    .json());
        }
    }

    /** The numbers of the files that the objects are in. */
    LongStream files() {
        return objects.values().stream().mapToLong(Bucket::file).filter(number -> number > 0);
    }

    /** The keys whose objects are in these files, given in order. */
    List<String> keysOf(long[] files) {
        return objects.entrySet().stream()
                .filter(entry -> Arrays.binarySearch(files, file(entry.getValue())) >= 0)
                .map(entry -> text(entry.getKey()))
                .toList();
    }

    /** The number of a version's file; 0 where there is none. */
    private static long file(ObjectVersion version) {
        return switch (version.blob()) {
            case Blob.InMemory memory -> 0;
            case Blob.InFile(var number, var size) -> number;
        };
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
