package dev.ruststack.emulator.s3.store;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.s3.BucketName;
import dev.ruststack.emulator.s3.S3Error;
import dev.ruststack.emulator.s3.Versioning;
import java.io.IOException;
import java.time.Clock;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Every bucket of the stack: their names are one namespace, whichever account owns them. */
public final class Buckets {
    private final ConcurrentSkipListMap<String, Bucket> byName = new ConcurrentSkipListMap<>();
    private final KeyLocks locks = new KeyLocks();
    private final Clock clock;

    /** Where changes are noted; null where they need not outlive the process. */
    private @Nullable ChangeLog log;

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

    /** As the other, with nothing configured. */
    public @Nullable Bucket create(String name, String ownerAccountId, String region) {
        return create(name, ownerAccountId, region, made -> {});
    }

    /**
     * Makes a bucket and returns null; where one of this name is there, whoever owns it, that one is returned.
     *
     * @param setup configures the new bucket before anyone can find it
     */
    public @Nullable Bucket create(String name, String ownerAccountId, String region, Consumer<Bucket> setup) {
        if (!BucketName.isValid(name)) {
            throw S3Error.INVALID_BUCKET_NAME.with("BucketName", name);
        }
        var made = new Bucket(name, new BucketRecord.Made(ownerAccountId, region, clock.instant()), locks, log);
        return log == null ? addSetUp(made, setup) : addNoted(made, setup, log);
    }

    private @Nullable Bucket addSetUp(Bucket made, Consumer<Bucket> setup) {
        setup.accept(made);
        return add(made);
    }

    private @Nullable Bucket add(Bucket made) {
        var there = byName.compute(
                made.name(), (same, existing) -> existing == null || existing.isClosed() ? made : existing);
        return there == made ? null : there;
    }

    private @Nullable Bucket addNoted(Bucket made, Consumer<Bucket> setup, ChangeLog notes) {
        var lock = notes.lock();
        lock.lock();
        try {
            var existing = byName.get(made.name());
            if (existing != null && !existing.isClosed()) {
                return existing;
            }
            notes.made(made);
            return addSetUp(made, setup);
        } finally {
            lock.unlock();
        }
    }

    /** Has changes of the buckets that are made from now on noted before they are made. */
    void keep(ChangeLog changes) {
        log = changes;
    }

    /** Makes a change that was noted by a process before this one. */
    void replay(BucketRecord change) throws IOException {
        var made = change.made();
        var bucket = byName.get(change.bucket());
        switch (change.op()) {
            case BucketRecord.MADE -> {
                if (made == null) {
                    throw new IOException("a bucket without its settings: " + change);
                }
                byName.put(change.bucket(), new Bucket(change.bucket(), made, locks, log));
            }
            case BucketRecord.DROPPED -> byName.remove(change.bucket());
            default -> {
                // Without a bucket: a note that comes after a state from which the bucket had gone already.
                if (bucket != null) {
                    bucket.replay(change);
                }
            }
        }
    }

    /**
     * Removes a bucket that has no objects, older versions and delete markers included; throws
     * {@link S3Error#BUCKET_NOT_EMPTY}.
     *
     * @return the parts of its uploads, for the caller to release
     */
    public List<Blob> delete(Bucket bucket) {
        if (!bucket.close()) {
            throw notEmpty(bucket).with("BucketName", bucket.name());
        }
        byName.remove(bucket.name(), bucket);
        return bucket.drain();
    }

    private static AwsException notEmpty(Bucket bucket) {
        var text = S3Error.BUCKET_NOT_EMPTY.message();
        return bucket.versioning() == Versioning.UNVERSIONED
                ? S3Error.BUCKET_NOT_EMPTY.error()
                : S3Error.BUCKET_NOT_EMPTY.saying(text + ". You must delete all versions in the bucket.");
    }

    /** Removes every bucket with all that is in it. */
    public void clear(BlobStore blobs) {
        for (var bucket : byName.values()) {
            bucket.drain().forEach(blobs::release);
            byName.remove(bucket.name(), bucket);
        }
    }

    /** Every bucket, sorted by name. */
    public Collection<Bucket> all() {
        return Collections.unmodifiableCollection(byName.values());
    }
}
