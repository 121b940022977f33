package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.aws.wire.HttpHeaderGroup;
import dev.ruststack.emulator.aws.wire.HttpPayload;
import dev.ruststack.emulator.aws.wire.HttpPrefixHeaders;
import dev.ruststack.emulator.aws.wire.HttpResponseCode;
import dev.ruststack.emulator.aws.wire.XmlWriter;
import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.s3.ByteRange;
import dev.ruststack.emulator.s3.Checksum;
import dev.ruststack.emulator.s3.ChecksumAlgorithm;
import dev.ruststack.emulator.s3.store.ObjectVersion;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What GetObject and HeadObject answer: both give the same headers. */
public record ReadOutput(
        @HttpResponseCode int status,
        @HttpHeader("x-amz-version-id") @Nullable String versionId,
        @HttpHeader("x-amz-expiration") @Nullable String expiration,
        @HttpHeader("Last-Modified") Instant lastModified,
        @HttpHeader("ETag") String eTag,
        @HttpHeader("x-amz-checksum-crc32") @Nullable String checksumCRC32,
        @HttpHeader("x-amz-checksum-crc32c") @Nullable String checksumCRC32C,
        @HttpHeader("x-amz-checksum-crc64nvme") @Nullable String checksumCRC64NVME,
        @HttpHeader("x-amz-checksum-sha1") @Nullable String checksumSHA1,
        @HttpHeader("x-amz-checksum-sha256") @Nullable String checksumSHA256,
        @HttpHeader("x-amz-checksum-type") @Nullable String checksumType,
        @HttpHeaderGroup EncryptionAnswer encryption,
        @HttpHeaderGroup EncryptionAnswer.@Nullable OfCustomer customerKey,
        @HttpHeader("x-amz-tagging-count") @Nullable Integer tagCount,
        @HttpHeader(LockHeaders.MODE) @Nullable String objectLockMode,
        @HttpHeader(LockHeaders.RETAIN_UNTIL_DATE) @Nullable String objectLockRetainUntilDate,
        @HttpHeader(LockHeaders.LEGAL_HOLD) @Nullable String objectLockLegalHold,
        @HttpHeader("x-amz-mp-parts-count") @Nullable Integer partsCount,
        @HttpHeader("Cache-Control") @Nullable String cacheControl,
        @HttpHeader("Content-Disposition") @Nullable String contentDisposition,
        @HttpHeader("Content-Encoding") @Nullable String contentEncoding,
        @HttpHeader("Content-Language") @Nullable String contentLanguage,
        @HttpHeader("Expires") @Nullable String expires,

        @HttpHeader("x-amz-website-redirect-location") @Nullable
        String websiteRedirectLocation,

        @HttpHeader("x-amz-storage-class") @Nullable String storageClass,
        @HttpPrefixHeaders(UserMetadata.PREFIX) Map<String, String> metadata,
        @HttpHeader("accept-ranges") @Nullable String acceptRanges,
        @HttpHeader("Content-Range") @Nullable String contentRange,
        @HttpHeader("Content-Type") @Nullable String contentType,
        @HttpHeader("Content-Length") @Nullable Long contentLength,
        @HttpPayload @Nullable Body body) {

    /**
     * What is told of a version that depends on its bucket.
     *
     * @param versionId null in a bucket without versions
     * @param expiration null where no lifecycle rule lets it expire, or it is not the current one
     */
    record Told(@Nullable String versionId, @Nullable String expiration) {}

    /**
     * The answer with an object, or with a range of it.
     *
     * @param body the bytes; null for a HEAD
     */
    static ReadOutput of(
            ReadInput input, Told told, ObjectVersion version, @Nullable ByteRange range, @Nullable Body body) {
        var metadata = version.metadata();
        var checksum = checksum(input, version, range);
        var attachments = version.attachments();
        var retention = attachments.retention();
        return new ReadOutput(
                range == null ? 200 : 206,
                told.versionId,
                told.expiration,
                version.lastModified(),
                version.etag().quoted(),
                value(checksum, ChecksumAlgorithm.CRC32),
                value(checksum, ChecksumAlgorithm.CRC32C),
                value(checksum, ChecksumAlgorithm.CRC64NVME),
                value(checksum, ChecksumAlgorithm.SHA1),
                value(checksum, ChecksumAlgorithm.SHA256),
                checksum == null ? null : checksum.type().name(),
                EncryptionAnswer.of(attachments),
                EncryptionAnswer.OfCustomer.of(input.customerKey()),
                attachments.tags().isEmpty() ? null : attachments.tags().size(),
                retention == null ? null : retention.mode().name(),
                retention == null ? null : XmlWriter.timestamp(retention.until()),
                attachments.legalHold() == null ? null : attachments.legalHold().name(),
                partsCount(input, version),
                first(input.responseCacheControl(), metadata.cacheControl()),
                first(input.responseContentDisposition(), metadata.contentDisposition()),
                first(input.responseContentEncoding(), metadata.contentEncoding()),
                first(input.responseContentLanguage(), metadata.contentLanguage()),
                first(input.responseExpires(), metadata.expires()),
                metadata.websiteRedirectLocation(),
                version.storageClass().header(),
                UserMetadata.returned(metadata.user()),
                "bytes",
                range == null ? null : range.contentRange(),
                first(input.responseContentType(), metadata.contentType()),
                range == null ? version.size() : range.length(),
                body);
    }

    /** Told to who asks for a part. AWS: S3 API Reference, GetObject (x-amz-mp-parts-count). */
    private static @Nullable Integer partsCount(ReadInput input, ObjectVersion version) {
        var assembly = version.assembly();
        return input.partNumber() == null || assembly == null
                ? null
                : assembly.parts().size();
    }

    /** That of what is sent, where it is known: of the object, or of the part that was asked for. */
    private static @Nullable Checksum checksum(ReadInput input, ObjectVersion version, @Nullable ByteRange range) {
        if (!input.wantsChecksum()) {
            return null;
        }
        var number = input.partNumber();
        var assembly = version.assembly();
        if (number != null && assembly != null) {
            var part = assembly.parts().get(number - 1).checksum();
            return new Checksum(
                    part.algorithm(), part.value(), version.checksum().type());
        }
        return range == null ? version.checksum() : null;
    }

    /** The answer to a reader who has this version already: nothing that describes bytes. */
    static ReadOutput notModified(Told told, ObjectVersion version) {
        var metadata = version.metadata();
        return new ReadOutput(
                304,
                told.versionId,
                told.expiration,
                version.lastModified(),
                version.etag().quoted(),
                null,
                null,
                null,
                null,
                null,
                null,
                EncryptionAnswer.of(version.attachments()),
                null,
                null,
                null,
                null,
                null,
                null,
                metadata.cacheControl(),
                null,
                null,
                null,
                metadata.expires(),
                null,
                null,
                Map.of(),
                null,
                null,
                null,
                null,
                null);
    }

    private static @Nullable String value(@Nullable Checksum checksum, ChecksumAlgorithm algorithm) {
        return checksum == null ? null : checksum.valueOf(algorithm);
    }

    private static @Nullable String first(@Nullable String override, @Nullable String stored) {
        return override == null ? stored : override;
    }
}
