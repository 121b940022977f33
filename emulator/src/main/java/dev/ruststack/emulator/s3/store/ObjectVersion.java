package dev.ruststack.emulator.s3.store;

import dev.ruststack.emulator.s3.Checksum;
import dev.ruststack.emulator.s3.ETag;
import dev.ruststack.emulator.s3.StorageClass;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One version of an object: what a PUT made. Never changes; a change makes another one.
 *
 * @param assembly of what parts it was made; null where it was uploaded whole
 */
public record ObjectVersion(
        Blob blob,
        ETag etag,
        Checksum checksum,
        Instant lastModified,
        ObjectMetadata metadata,
        @Nullable Assembly assembly,
        Attachments attachments)
        implements Version {

    public ObjectVersion(Blob blob, ETag etag, Checksum checksum, Instant lastModified, ObjectMetadata metadata) {
        this(blob, etag, checksum, lastModified, metadata, null, Attachments.NONE);
    }

    @Override
    public String id() {
        return attachments.versionId();
    }

    public long size() {
        return blob.size();
    }

    /** The storage class that it is in by now. */
    public StorageClass storageClass() {
        return attachments.movedTo() == null ? metadata.storageClass() : attachments.movedTo();
    }

    /** The same with other attachments. */
    public ObjectVersion with(Attachments others) {
        return others.equals(attachments)
                ? this
                : new ObjectVersion(blob, etag, checksum, lastModified, metadata, assembly, others);
    }
}
