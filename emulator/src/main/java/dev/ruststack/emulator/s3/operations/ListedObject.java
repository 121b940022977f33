package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.wire.XmlFlattened;
import dev.ruststack.emulator.s3.Owner;
import dev.ruststack.emulator.s3.store.Listing;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An object as lists show it. AWS: S3 API Reference, Object. */
public record ListedObject(
        String key,
        Instant lastModified,
        String eTag,
        @XmlFlattened List<String> checksumAlgorithm,
        String checksumType,
        long size,
        @Nullable Owner owner,
        String storageClass) {

    static ListedObject of(Listing.Entry entry, KeyEncoding encoding, @Nullable Owner owner) {
        var version = entry.version();
        return new ListedObject(
                encoding.encode(entry.key()),
                Timestamps.seconds(version.lastModified()),
                version.etag().quoted(),
                List.of(version.checksum().algorithm().name()),
                version.checksum().type().name(),
                version.size(),
                owner,
                version.storageClass().name());
    }
}
