package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.s3.S3Error;
import dev.ruststack.emulator.s3.store.BlobStore;
import dev.ruststack.emulator.s3.store.Bucket;
import dev.ruststack.emulator.s3.store.Bucket.Deletion;
import dev.ruststack.emulator.s3.store.ObjectVersion;
import dev.ruststack.emulator.s3.store.Version;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Removes objects and frees their bytes. AWS: S3 User Guide, How to perform conditional deletes. */
public final class ObjectRemover {
    private final BlobStore blobs;
    private final Clock clock;

    public ObjectRemover(BlobStore blobs, Clock clock) {
        this.blobs = blobs;
        this.clock = clock;
    }

    /**
     * What is to go.
     *
     * @param versionId null for the key, of which versions may stay
     * @param ifMatch the entity tag that it must have; null for any
     * @param bypass whether retention of mode GOVERNANCE is passed over
     */
    record Target(
            String key,
            @Nullable String versionId,
            @Nullable String ifMatch,
            boolean bypass) {}

    /** Removes what there is; where there is nothing, that is no failure. */
    Deletion remove(Bucket bucket, Target target) {
        var deletion = target.versionId == null
                ? bucket.delete(target.key, clock.instant(), current -> check(target, current))
                : bucket.deleteVersion(target.key, target.versionId, version -> {
                    check(target, version);
                    if (version instanceof ObjectVersion object) {
                        ObjectLock.checkRemoval(object.attachments(), target.bypass, clock.instant());
                    }
                });
        if (deletion.freed() != null) {
            blobs.release(deletion.freed().blob());
        }
        return deletion;
    }

    private static void check(Target target, @Nullable Version version) {
        boolean differs = version instanceof ObjectVersion object
                && target.ifMatch != null
                && !object.etag().matches(target.ifMatch);
        if (differs) {
            throw S3Error.PRECONDITION_FAILED.with("Condition", "If-Match");
        }
    }
}
