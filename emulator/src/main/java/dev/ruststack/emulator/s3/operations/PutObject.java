package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.Payload;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.aws.wire.HttpHeaderGroup;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpPayload;
import dev.ruststack.emulator.aws.wire.HttpPrefixHeaders;
import dev.ruststack.emulator.s3.ChecksumAlgorithm;
import dev.ruststack.emulator.s3.DeclaredDigests;
import dev.ruststack.emulator.s3.WriteCondition;
import dev.ruststack.emulator.s3.store.Attachments;
import dev.ruststack.emulator.s3.store.ObjectVersion;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds an object to a bucket. AWS: S3 API Reference, PutObject. */
@Http("PUT /{Bucket}/{Key+}")
public final class PutObject implements Operation<PutObject.Input, PutObject.Output> {
    private final Access access;
    private final ObjectWriter writer;
    private final Clock clock;

    /**
     * The request. Content-MD5 and the checksum headers are read by {@link DeclaredDigests}, wherever bytes are taken
     * in.
     */
    public record Input(
            @HttpLabel String bucket,
            @HttpLabel String key,
            @HttpHeader("Cache-Control") @Nullable String cacheControl,
            @HttpHeader("Content-Disposition") @Nullable String contentDisposition,
            @HttpHeader("Content-Encoding") @Nullable String contentEncoding,
            @HttpHeader("Content-Language") @Nullable String contentLanguage,
            @HttpHeader("Content-Type") @Nullable String contentType,
            @HttpHeader("Expires") @Nullable String expires,
            @HttpHeader("If-Match") @Nullable String ifMatch,
            @HttpHeader("If-None-Match") @Nullable String ifNoneMatch,
            @HttpHeader("x-amz-storage-class") @Nullable String storageClass,

            @HttpHeader("x-amz-website-redirect-location") @Nullable
            String websiteRedirectLocation,

            @HttpHeader("x-amz-expected-bucket-owner") @Nullable
            String expectedBucketOwner,

            @HttpHeader(ObjectTags.HEADER) @Nullable String tagging,
            @HttpHeader(LockHeaders.MODE) @Nullable String objectLockMode,

            @HttpHeader(LockHeaders.RETAIN_UNTIL_DATE) @Nullable
            String objectLockRetainUntilDate,

            @HttpHeader(LockHeaders.LEGAL_HOLD) @Nullable String objectLockLegalHold,

            @HttpHeaderGroup(EncryptionHeaders.METHOD) @Nullable
            EncryptionHeaders encryption,

            @HttpHeaderGroup(CustomerKeyHeaders.PREFIX) @Nullable
            CustomerKeyHeaders customerKey,

            @HttpPrefixHeaders(UserMetadata.PREFIX) Map<String, String> metadata,
            @HttpPayload Payload body) {

        ObjectEncryption.Asked asked() {
            return new ObjectEncryption.Asked(encryption, customerKey);
        }

        LockHeaders lock() {
            return new LockHeaders(objectLockMode, objectLockRetainUntilDate, objectLockLegalHold);
        }

        SystemHeaders systemHeaders() {
            return new SystemHeaders(
                    contentType,
                    cacheControl,
                    contentDisposition,
                    contentEncoding,
                    contentLanguage,
                    expires,
                    websiteRedirectLocation);
        }
    }

    /** The answer. */
    public record Output(
            @HttpHeader("ETag") String eTag,
            @HttpHeader("x-amz-checksum-crc32") @Nullable String checksumCRC32,
            @HttpHeader("x-amz-checksum-crc32c") @Nullable String checksumCRC32C,

            @HttpHeader("x-amz-checksum-crc64nvme") @Nullable
            String checksumCRC64NVME,

            @HttpHeader("x-amz-checksum-sha1") @Nullable String checksumSHA1,
            @HttpHeader("x-amz-checksum-sha256") @Nullable String checksumSHA256,
            @HttpHeader("x-amz-checksum-type") String checksumType,
            @HttpHeaderGroup EncryptionAnswer encryption,
            @HttpHeaderGroup EncryptionAnswer.@Nullable OfCustomer customerKey,

            @HttpHeader(EncryptionHeaders.CONTEXT) @Nullable String encryptionContext,
            @HttpHeader("x-amz-version-id") @Nullable String versionId,
            @HttpHeader("x-amz-expiration") @Nullable String expiration) {

        static Output of(ObjectVersion version, @Nullable CustomerKeyHeaders customerKey, @Nullable String expiration) {
            var checksum = version.checksum();
            return new Output(
                    version.etag().quoted(),
                    checksum.valueOf(ChecksumAlgorithm.CRC32),
                    checksum.valueOf(ChecksumAlgorithm.CRC32C),
                    checksum.valueOf(ChecksumAlgorithm.CRC64NVME),
                    checksum.valueOf(ChecksumAlgorithm.SHA1),
                    checksum.valueOf(ChecksumAlgorithm.SHA256),
                    checksum.type().name(),
                    EncryptionAnswer.of(version.attachments()),
                    EncryptionAnswer.OfCustomer.of(customerKey),
                    EncryptionAnswer.context(version.attachments()),
                    VersionFinder.told(version),
                    expiration);
        }
    }

    public PutObject(Access access, ObjectWriter writer, Clock clock) {
        this.access = access;
        this.writer = writer;
        this.clock = clock;
    }

    @Override
    public Output handle(Input input, Call call) throws IOException {
        var bucket = access.bucket(input.bucket(), input.key(), input.expectedBucketOwner(), call);
        var metadata = input.systemHeaders().metadata(input.storageClass(), input.metadata());
        var declared = DeclaredDigests.of(call.request().headers());
        var condition = WriteCondition.of(input.ifMatch(), input.ifNoneMatch());
        var encryption = ObjectEncryption.chosen(input.asked(), bucket, input.key(), call);
        var tagged =
                Attachments.NONE.withTags(ObjectTags.ofHeader(input.tagging())).withEncryption(encryption);
        var attachments = input.lock().addTo(tagged, bucket, clock.instant()).withAcl(access.acl(bucket, call));
        LockHeaders.checkVouched(attachments, bucket, declared, "Object");
        BodyLength.check(input.body().length(), call.request().headers());
        var target = new ObjectWriter.Target(bucket, input.key(), condition, attachments);
        target.checkNow();
        var version = writer.write(target, input.body(), declared, metadata);
        access.notifications().created(bucket, input.key(), version, call);
        return Output.of(version, input.customerKey(), LifecycleRules.header(bucket, input.key(), version));
    }
}
