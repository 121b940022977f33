package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Payload;
import dev.ruststack.emulator.s3.Checksum;
import dev.ruststack.emulator.s3.DeclaredDigests;
import dev.ruststack.emulator.s3.ETag;
import dev.ruststack.emulator.s3.S3Error;
import dev.ruststack.emulator.s3.WriteCondition;
import dev.ruststack.emulator.s3.store.Attachments;
import dev.ruststack.emulator.s3.store.Blob;
import dev.ruststack.emulator.s3.store.BlobStore;
import dev.ruststack.emulator.s3.store.Bucket;
import dev.ruststack.emulator.s3.store.ObjectMetadata;
import dev.ruststack.emulator.s3.store.ObjectVersion;
import dev.ruststack.emulator.s3.store.StoredBlob;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Puts objects into buckets: first the bytes, with no lock held, then the version in one atomic step. Of several
 * conditional writers exactly one wins, the others get the condition's error and leave nothing behind.
 */
public final class ObjectWriter {
    private final BlobStore blobs;
    private final Clock clock;

    public ObjectWriter(BlobStore blobs, Clock clock) {
        this.blobs = blobs;
        this.clock = clock;
    }

    /**
     * Where an object is to go.
     *
     * @param attachments what is to belong to it, but for what the bucket adds
     */
    record Target(Bucket bucket, String key, WriteCondition condition, Attachments attachments) {
        /** Fails early, before any byte is read, where the condition does not hold now. */
        void checkNow() {
            check(bucket.find(key));
        }

        /**
         * A condition that fails because of what came while parts were uploaded is a conflict. AWS: S3 API Reference,
         * CompleteMultipartUpload (If-Match, If-None-Match).
         */
        void checkUnchangedSince(@Nullable ObjectVersion current, Instant began) {
            if (current == null || !current.lastModified().isAfter(began)) {
                return;
            }
            var failed = switch (condition) {
                case WriteCondition.None() -> null;
                case WriteCondition.Absent() -> "If-None-Match";
                case WriteCondition.Is(var due) -> current.etag().equals(due) ? null : "If-Match";
            };
            if (failed != null) {
                throw S3Error.CONDITIONAL_REQUEST_CONFLICT
                        .with("Condition", failed)
                        .with("Key", key);
            }
        }

        void check(@Nullable ObjectVersion current) {
            condition.check(current == null ? null : current.etag(), key);
        }
    }

    /** Takes in a payload and makes it the current version. */
    ObjectVersion write(Target target, Payload payload, DeclaredDigests declared, ObjectMetadata metadata)
            throws IOException {
        var stored = blobs.store(payload.stream(), declared.algorithmOrDefault());
        boolean kept = false;
        try {
            requireWhole(payload.length(), stored.blob().size());
            declared.verify(stored.md5(), stored.checksum(), payload.trailers());
            var version = commit(
                    target,
                    stored.blob(),
                    ObjectEncryption.tag(target.attachments, stored.md5()),
                    stored.checksum(),
                    metadata);
            kept = true;
            return version;
        } finally {
            if (!kept) {
                blobs.release(stored.blob());
            }
        }
    }

    /** Makes what was stored the current version; where that fails it is released. */
    ObjectVersion write(Target target, StoredBlob stored, ObjectMetadata metadata) {
        boolean kept = false;
        try {
            var version = commit(
                    target,
                    stored.blob(),
                    ObjectEncryption.tag(target.attachments, stored.md5()),
                    stored.checksum(),
                    metadata);
            kept = true;
            return version;
        } finally {
            if (!kept) {
                blobs.release(stored.blob());
            }
        }
    }

    /** Makes a blob the current version; where the condition fails the blob stays the caller's. */
    ObjectVersion commit(Target target, Blob blob, ETag etag, Checksum checksum, ObjectMetadata metadata) {
        var now = clock.instant();
        var attachments = LockHeaders.addDefault(target.attachments, target.bucket, now);
        var version = new ObjectVersion(blob, etag, checksum, now, metadata, null, attachments);
        var put = target.bucket.put(target.key, version, target::check);
        if (put.replaced() != null) {
            blobs.release(put.replaced().blob());
        }
        return put.version();
    }

    /** Refuses a body of which less came than was announced. */
    static void requireWhole(long announced, long received) {
        if (announced >= 0 && announced != received) {
            throw S3Error.INCOMPLETE_BODY
                    .with("NumberBytesExpected", Long.toString(announced))
                    .with("NumberBytesReceived", Long.toString(received));
        }
    }
}
