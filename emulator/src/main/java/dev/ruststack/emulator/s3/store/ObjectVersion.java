package dev.ruststack.emulator.s3.store;

import dev.ruststack.emulator.s3.Checksum;
import dev.ruststack.emulator.s3.ETag;
import java.time.Instant;

/** One version of an object: what a PUT made. Never changes; a change makes another one. */
public record ObjectVersion(Blob blob, ETag etag, Checksum checksum, Instant lastModified, ObjectMetadata metadata) {
    /** The id of versions that were made while versioning was not enabled. */
    public static final String NULL_ID = "null";

    public long size() {
        return blob.size();
    }
}
