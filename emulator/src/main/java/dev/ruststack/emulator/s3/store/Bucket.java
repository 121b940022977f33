package dev.ruststack.emulator.s3.store;

import dev.ruststack.emulator.s3.S3Error;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * A bucket and its objects, sorted by the UTF-8 bytes of their keys as S3 lists them. Safe for use by several threads:
 * a key changes atomically, keys do not wait for one another, and nothing here does I/O.
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

    Bucket(String name, String ownerAccountId, String region, Instant created) {
        this.name = name;
        this.ownerAccountId = ownerAccountId;
        this.region = region;
        this.created = created;
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
     * Changes one key atomically.
     *
     * @return what was there before; its blob is the caller's to release
     */
    public @Nullable ObjectVersion change(String key, Change change) {
        var before = new AtomicReference<@Nullable ObjectVersion>();
        lifetime.readLock().lock();
        try {
            if (closed) {
                throw S3Error.NO_SUCH_BUCKET.with("BucketName", name);
            }
            objects.compute(bytes(key), (same, current) -> {
                before.set(current);
                return change.apply(current);
            });
        } finally {
            lifetime.readLock().unlock();
        }
        return before.get();
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
            closed = closed || objects.isEmpty();
            return closed;
        } finally {
            lifetime.writeLock().unlock();
        }
    }

    /** Closes the bucket for ever and hands over what was in it; its blobs are the caller's to release. */
    List<ObjectVersion> drain() {
        lifetime.writeLock().lock();
        try {
            closed = true;
            return List.copyOf(objects.values());
        } finally {
            lifetime.writeLock().unlock();
        }
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }
}
