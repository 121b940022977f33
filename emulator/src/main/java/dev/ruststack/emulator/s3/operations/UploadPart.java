package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.Payload;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.aws.wire.HttpHeaderGroup;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpPayload;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.s3.Checksum;
import dev.ruststack.emulator.s3.ChecksumAlgorithm;
import dev.ruststack.emulator.s3.DeclaredDigests;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Takes in a part of an upload, in the place of an earlier one of its number. AWS: S3 API Reference, UploadPart. */
@Http("PUT /{Bucket}/{Key+}?partNumber&uploadId")
public final class UploadPart implements Operation<UploadPart.Input, UploadPart.Output> {
    private final Access access;
    private final PartWriter writer;

    /** The request. Digests are read by {@link DeclaredDigests}. */
    public record Input(
            @HttpLabel String bucket,
            @HttpLabel String key,
            @HttpQuery("partNumber") int partNumber,
            @HttpQuery("uploadId") String uploadId,

            @HttpHeader("x-amz-expected-bucket-owner") @Nullable
            String expectedBucketOwner,

            @HttpHeaderGroup(CustomerKeyHeaders.PREFIX) @Nullable
            CustomerKeyHeaders customerKey,

            @HttpPayload Payload body) {}

    /** The answer: the checksum only where the client has sent one. */
    public record Output(
            @HttpHeader("ETag") String eTag,
            @HttpHeader("x-amz-checksum-crc32") @Nullable String checksumCRC32,
            @HttpHeader("x-amz-checksum-crc32c") @Nullable String checksumCRC32C,

            @HttpHeader("x-amz-checksum-crc64nvme") @Nullable
            String checksumCRC64NVME,

            @HttpHeader("x-amz-checksum-sha1") @Nullable String checksumSHA1,
            @HttpHeader("x-amz-checksum-sha256") @Nullable String checksumSHA256,
            @HttpHeaderGroup EncryptionAnswer encryption,
            @HttpHeaderGroup EncryptionAnswer.@Nullable OfCustomer customerKey) {}

    public UploadPart(Access access, PartWriter writer) {
        this.access = access;
        this.writer = writer;
    }

    @Override
    public Output handle(Input input, Call call) throws IOException {
        var bucket = access.bucket(input.bucket(), input.key(), input.expectedBucketOwner(), call);
        EncryptionHeaders.refuse(call.request().headers());
        int number = PartNumber.checked(input.partNumber());
        var upload = bucket.uploads().require(input.key(), input.uploadId());
        ObjectEncryption.checkPart(upload.start(), input.customerKey());
        var declared = DeclaredDigests.of(call.request().headers());
        LockHeaders.checkVouched(upload.start().attachmentsOrNone(), bucket, declared, "Part");
        BodyLength.check(input.body().length(), call.request().headers());
        var written = writer.write(new PartWriter.Target(bucket, upload), number, input.body(), declared);
        var echoed = declared.algorithm() == null ? null : written.declared();
        return new Output(
                written.part().etag().quoted(),
                value(echoed, ChecksumAlgorithm.CRC32),
                value(echoed, ChecksumAlgorithm.CRC32C),
                value(echoed, ChecksumAlgorithm.CRC64NVME),
                value(echoed, ChecksumAlgorithm.SHA1),
                value(echoed, ChecksumAlgorithm.SHA256),
                EncryptionAnswer.of(upload.start().attachmentsOrNone()),
                EncryptionAnswer.OfCustomer.of(input.customerKey()));
    }

    private static @Nullable String value(@Nullable Checksum checksum, ChecksumAlgorithm algorithm) {
        return checksum == null ? null : checksum.valueOf(algorithm);
    }
}
