package dev.ruststack.emulator.s3.store;

import dev.ruststack.emulator.s3.BucketName;
import dev.ruststack.emulator.s3.S3Error;
import java.time.Clock;
import java.util.Collection;
import java.util.Collections;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** Every bucket of the stack: their names are one namespace, whichever account owns them. */
public final class Buckets {
    private final ConcurrentSkipListMap<String, Bucket> byName = new ConcurrentSkipListMap<>();
    private final Clock clock;

    public Buckets(Clock clock) {
        this.clock = clock;
    }

    public @Nullable Bucket find(String name) {
        return byName.get(name);
    }

    /** The bucket of this name; throws {@link S3Error#NO_SUCH_BUCKET}. */
    public Bucket require(String name) {
        var bucket = find(name);
        if (bucket != null) {
            return bucket;
        }
        if (!BucketName.mayExist(name)) {
            throw S3Error.INVALID_BUCKET_NAME.with("BucketName", name);
        }
        throw S3Error.NO_SUCH_BUCKET.with("BucketName", name);
    }

    /** Makes a bucket and returns null; where one of this name is there, whoever owns it, that one is returned. */
    public @Nullable Bucket create(String name, String ownerAccountId, String region) {
        if (!BucketName.isValid(name)) {
            throw S3Error.INVALID_BUCKET_NAME.with("BucketName", name);
        }
        var made = new Bucket(name, ownerAccountId, region, clock.instant());
        var there = byName.compute(name, (same, existing) -> existing == null || existing.isClosed() ? made : existing);
        return there == made ? null : there;
    }

    /** Removes an empty bucket; throws {@link S3Error#BUCKET_NOT_EMPTY}. */
    public void delete(Bucket bucket) {
        if (!bucket.close()) {
            throw S3Error.BUCKET_NOT_EMPTY.with("BucketName", bucket.name());
        }
        byName.remove(bucket.name(), bucket);
    }

    /** Removes every bucket with all that is in it. */
    public void clear(BlobStore blobs) {
        for (var bucket : byName.values()) {
            byName.remove(bucket.name(), bucket);
            bucket.drain().forEach(version -> blobs.release(version.blob()));
        }
    }

    /** Every bucket, sorted by name. */
    public Collection<Bucket> all() {
        return Collections.unmodifiableCollection(byName.values());
    }
}
