package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.s3.S3Error;
import dev.ruststack.emulator.s3.store.BlobStore;
import dev.ruststack.emulator.s3.store.Bucket;
import org.jspecify.annotations.Nullable;

/** Removes objects and frees their bytes. AWS: S3 User Guide, How to perform conditional deletes. */
public final class ObjectRemover {
    private final BlobStore blobs;

    public ObjectRemover(BlobStore blobs) {
        this.blobs = blobs;
    }

    /**
     * Removes an object where its entity tag is the one due; where there is none, that is no failure.
     *
     * @param ifMatch null for any
     */
    void remove(Bucket bucket, String key, @Nullable String ifMatch) {
        var removed = bucket.change(key, current -> {
            if (current != null && ifMatch != null && !current.etag().matches(ifMatch)) {
                throw S3Error.PRECONDITION_FAILED.with("Condition", "If-Match");
            }
            return null;
        });
        if (removed != null) {
            blobs.release(removed.blob());
        }
    }
}
