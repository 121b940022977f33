package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.s3.S3Error;
import dev.ruststack.emulator.s3.store.Bucket;
import org.jspecify.annotations.Nullable;

/**
 * What is given back of a configuration that is not set.
 *
 * @param value what holds where nothing was ever set; null where that is the error
 * @param removed what is kept for a removed one, where the value of a new bucket is not to come back
 * @param error where there is nothing to give back
 */
record Absence<T extends Record>(
        @Nullable T value, @Nullable T removed, S3Error error) {

    static <T extends Record> Absence<T> error(S3Error error) {
        return new Absence<>(null, null, error);
    }

    static <T extends Record> Absence<T> value(T value) {
        return new Absence<>(value, null, S3Error.NO_SUCH_CONFIGURATION);
    }

    /** The document that is given back; throws where there is none. */
    T resolve(@Nullable T document, Bucket bucket) {
        var found = document == null ? value : document;
        if (found == null || found.equals(removed)) {
            throw error.with("BucketName", bucket.name());
        }
        return found;
    }
}
