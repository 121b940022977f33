package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.aws.wire.HttpHeaderGroup;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpPayload;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.s3.ChecksumAlgorithm;
import dev.ruststack.emulator.s3.CopySource;
import dev.ruststack.emulator.s3.Preconditions;
import dev.ruststack.emulator.s3.S3Error;
import dev.ruststack.emulator.s3.store.BlobStore;
import dev.ruststack.emulator.s3.store.MultipartUpload;
import dev.ruststack.emulator.s3.store.ObjectVersion;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes in a part of an upload from another object, or a range of it. AWS: S3 API Reference, UploadPartCopy. */
@Http(value = "PUT /{Bucket}/{Key+}?partNumber&uploadId", header = "x-amz-copy-source")
public final class UploadPartCopy implements Operation<UploadPartCopy.Input, UploadPartCopy.Output> {
    private static final long MAX_BYTES = 5L << 30;
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,18})-(\\d{1,18})");

    private final Access access;
    private final PartWriter writer;
    private final BlobStore blobs;
    private final Clock clock;

    /** The request. */
    public record Input(
            @HttpLabel String bucket,
            @HttpLabel String key,
            @HttpQuery("partNumber") int partNumber,
            @HttpQuery("uploadId") String uploadId,
            @HttpHeader("x-amz-copy-source") String copySource,

            @HttpHeader("x-amz-copy-source-range") @Nullable String copySourceRange,

            @HttpHeader("x-amz-copy-source-if-match") @Nullable
            String copySourceIfMatch,

            @HttpHeader("x-amz-copy-source-if-modified-since") @Nullable
            String copySourceIfModifiedSince,

            @HttpHeader("x-amz-copy-source-if-none-match") @Nullable
            String copySourceIfNoneMatch,

            @HttpHeader("x-amz-copy-source-if-unmodified-since") @Nullable
            String copySourceIfUnmodifiedSince,

            @HttpHeaderGroup(CustomerKeyHeaders.PREFIX) @Nullable
            CustomerKeyHeaders customerKey,

            @HttpHeaderGroup(CustomerKeyHeaders.OfSource.PREFIX)
            CustomerKeyHeaders.@Nullable OfSource sourceCustomerKey,

            @HttpHeader("x-amz-expected-bucket-owner") @Nullable
            String expectedBucketOwner,

            @HttpHeader("x-amz-source-expected-bucket-owner") @Nullable
            String expectedSourceBucketOwner) {

        Preconditions sourcePreconditions() {
            return new Preconditions(
                    copySourceIfMatch, copySourceIfUnmodifiedSince, copySourceIfNoneMatch, copySourceIfModifiedSince);
        }
    }

    /** The answer. */
    public record Output(
            @HttpHeader("x-amz-copy-source-version-id") @Nullable
            String copySourceVersionId,

            @HttpHeaderGroup EncryptionAnswer encryption,
            @HttpHeaderGroup EncryptionAnswer.@Nullable OfCustomer customerKey,
            @HttpPayload CopyPartResult copyPartResult) {}

    /** The document of the answer. */
    public record CopyPartResult(
            Instant lastModified,
            String eTag,
            @Nullable String checksumCRC32,
            @Nullable String checksumCRC32C,
            @Nullable String checksumCRC64NVME,
            @Nullable String checksumSHA1,
            @Nullable String checksumSHA256) {}

    public UploadPartCopy(Access access, PartWriter writer, BlobStore blobs, Clock clock) {
        this.access = access;
        this.writer = writer;
        this.blobs = blobs;
        this.clock = clock;
    }

    @Override
    public Output handle(Input input, Call call) throws IOException {
        var bucket = access.bucket(input.bucket(), input.key(), input.expectedBucketOwner(), call);
        EncryptionHeaders.refuse(call.request().headers());
        int number = PartNumber.checked(input.partNumber());
        var upload = bucket.uploads().require(input.key(), input.uploadId());
        ObjectEncryption.checkPart(upload.start(), input.customerKey());
        var source = CopySource.parse(input.copySource());
        var sourceBucket = access.source(source, input.expectedSourceBucketOwner(), call);
        var version = VersionFinder.of(source.key(), source.versionId(), call).source(sourceBucket);
        ObjectEncryption.checkRead(version, CustomerKeyHeaders.OfSource.headers(input.sourceCustomerKey()), call);
        VersionFinder.requireReadable(version);
        input.sourcePreconditions().checkCopySource(version.etag(), version.lastModified(), clock.instant());
        try (var content = content(version, input.copySourceRange())) {
            var part = writer.copy(new PartWriter.Target(bucket, upload), number, content)
                    .part();
            return answer(input, VersionFinder.told(sourceBucket, version), upload, part);
        }
    }

    private InputStream content(ObjectVersion version, @Nullable String range) throws IOException {
        if (range == null) {
            requireSmall(version.size());
            return blobs.read(version.blob());
        }
        var match = RANGE.matcher(range);
        long first = match.matches() ? Long.parseLong(match.group(1)) : -1;
        long last = match.matches() ? Long.parseLong(match.group(2)) : -1;
        if (first < 0 || last < first) {
            throw S3Error.invalidArgument(
                    "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are "
                            + "the zero-based offsets of the first and last bytes to copy",
                    "x-amz-copy-source-range",
                    range);
        }
        if (last >= version.size()) {
            throw S3Error.invalidArgument(
                    "Range specified is not valid for source object of size: " + version.size(),
                    "x-amz-copy-source-range",
                    range);
        }
        requireSmall(last - first + 1);
        return blobs.read(version.blob(), first, last - first + 1);
    }

    private static void requireSmall(long length) {
        if (length > MAX_BYTES) {
            throw S3Error.INVALID_REQUEST.saying(
                    "The specified copy source is larger than the maximum allowable size for a copy source: "
                            + MAX_BYTES);
        }
    }

    private static Output answer(
            Input input, @Nullable String sourceVersionId, MultipartUpload upload, MultipartUpload.Part part) {
        var asked = upload.start().algorithm();
        var checksum = part.checksum();
        return new Output(
                sourceVersionId,
                EncryptionAnswer.of(upload.start().attachmentsOrNone()),
                EncryptionAnswer.OfCustomer.of(input.customerKey()),
                new CopyPartResult(
                        Timestamps.seconds(part.lastModified()),
                        part.etag().quoted(),
                        asked == ChecksumAlgorithm.CRC32 ? checksum.value() : null,
                        asked == ChecksumAlgorithm.CRC32C ? checksum.value() : null,
                        asked == ChecksumAlgorithm.CRC64NVME ? checksum.value() : null,
                        asked == ChecksumAlgorithm.SHA1 ? checksum.value() : null,
                        asked == ChecksumAlgorithm.SHA256 ? checksum.value() : null));
    }
}
