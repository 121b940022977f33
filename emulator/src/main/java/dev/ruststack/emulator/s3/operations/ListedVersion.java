package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.wire.XmlFlattened;
import dev.ruststack.emulator.aws.wire.XmlName;
import dev.ruststack.emulator.s3.Owner;
import dev.ruststack.emulator.s3.store.DeleteMarker;
import dev.ruststack.emulator.s3.store.ObjectVersion;
import dev.ruststack.emulator.s3.store.VersionListing;
import java.time.Instant;
import java.util.List;

/** A version as lists show it. On the wire objects and delete markers stand between each other, in one order. */
public sealed interface ListedVersion {
    /** AWS: S3 API Reference, ObjectVersion. */
    @XmlName("Version")
    record Stored(
            String key,
            String versionId,
            boolean isLatest,
            Instant lastModified,
            String eTag,
            @XmlFlattened List<String> checksumAlgorithm,
            String checksumType,
            long size,
            Owner owner,
            String storageClass)
            implements ListedVersion {}

    /** AWS: S3 API Reference, DeleteMarkerEntry. */
    @XmlName("DeleteMarker")
    record Marker(String key, String versionId, boolean isLatest, Instant lastModified, Owner owner)
            implements ListedVersion {}

    static ListedVersion of(VersionListing.Entry entry, KeyEncoding encoding, Owner owner) {
        var key = encoding.encode(entry.key());
        return switch (entry.version()) {
            case DeleteMarker marker ->
                new Marker(key, marker.id(), entry.latest(), Timestamps.seconds(marker.lastModified()), owner);
            case ObjectVersion object ->
                new Stored(
                        key,
                        object.id(),
                        entry.latest(),
                        Timestamps.seconds(object.lastModified()),
                        object.etag().quoted(),
                        List.of(object.checksum().algorithm().name()),
                        object.checksum().type().name(),
                        object.size(),
                        owner,
                        object.storageClass().name());
        };
    }
}
