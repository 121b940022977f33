package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.s3.Checksum;
import dev.ruststack.emulator.s3.ChecksumAlgorithm;
import dev.ruststack.emulator.s3.store.MultipartUpload;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A part as lists show it. AWS: S3 API Reference, Part. */
public record ListedPart(
        int partNumber,
        Instant lastModified,
        String eTag,
        long size,
        @Nullable String checksumCRC32,
        @Nullable String checksumCRC32C,
        @Nullable String checksumCRC64NVME,
        @Nullable String checksumSHA1,
        @Nullable String checksumSHA256) {

    /** The checksum is shown where the upload was begun with an algorithm. */
    static ListedPart of(MultipartUpload.Start start, MultipartUpload.Part part) {
        var checksum = start.algorithm() == null ? null : part.checksum();
        return new ListedPart(
                part.number(),
                Timestamps.seconds(part.lastModified()),
                part.etag().quoted(),
                part.blob().size(),
                value(checksum, ChecksumAlgorithm.CRC32),
                value(checksum, ChecksumAlgorithm.CRC32C),
                value(checksum, ChecksumAlgorithm.CRC64NVME),
                value(checksum, ChecksumAlgorithm.SHA1),
                value(checksum, ChecksumAlgorithm.SHA256));
    }

    private static @Nullable String value(@Nullable Checksum checksum, ChecksumAlgorithm algorithm) {
        return checksum == null ? null : checksum.valueOf(algorithm);
    }
}
