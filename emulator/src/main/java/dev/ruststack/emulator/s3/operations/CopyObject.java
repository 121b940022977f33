package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.aws.wire.HttpHeaderGroup;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpPayload;
import dev.ruststack.emulator.aws.wire.HttpPrefixHeaders;
import dev.ruststack.emulator.s3.Checksum;
import dev.ruststack.emulator.s3.ChecksumAlgorithm;
import dev.ruststack.emulator.s3.CopySource;
import dev.ruststack.emulator.s3.ETag;
import dev.ruststack.emulator.s3.MetadataDirective;
import dev.ruststack.emulator.s3.Preconditions;
import dev.ruststack.emulator.s3.S3Error;
import dev.ruststack.emulator.s3.StorageClass;
import dev.ruststack.emulator.s3.Tag;
import dev.ruststack.emulator.s3.WriteCondition;
import dev.ruststack.emulator.s3.store.Attachments;
import dev.ruststack.emulator.s3.store.BlobStore;
import dev.ruststack.emulator.s3.store.Bucket;
import dev.ruststack.emulator.s3.store.ObjectMetadata;
import dev.ruststack.emulator.s3.store.ObjectVersion;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies an object; the bytes are shared, not copied, but for those in parts. AWS: S3 API Reference, CopyObject. */
@Http(value = "PUT /{Bucket}/{Key+}", header = "x-amz-copy-source")
public final class CopyObject implements Operation<CopyObject.Input, CopyObject.Output> {
    private static final long MAX_BYTES = 5L << 30;

    private final Access access;
    private final ObjectWriter writer;
    private final BlobStore blobs;
    private final Clock clock;

    /** The request. */
    public record Input(
            @HttpLabel String bucket,
            @HttpLabel String key,
            @HttpHeader("x-amz-copy-source") String copySource,

            @HttpHeader("x-amz-copy-source-if-match") @Nullable
            String copySourceIfMatch,

            @HttpHeader("x-amz-copy-source-if-modified-since") @Nullable
            String copySourceIfModifiedSince,

            @HttpHeader("x-amz-copy-source-if-none-match") @Nullable
            String copySourceIfNoneMatch,

            @HttpHeader("x-amz-copy-source-if-unmodified-since") @Nullable
            String copySourceIfUnmodifiedSince,

            @HttpHeader("x-amz-metadata-directive") @Nullable
            String metadataDirective,

            @HttpHeader("x-amz-checksum-algorithm") @Nullable
            String checksumAlgorithm,

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

            @HttpHeader("x-amz-source-expected-bucket-owner") @Nullable
            String expectedSourceBucketOwner,

            @HttpHeader("x-amz-tagging-directive") @Nullable String taggingDirective,

            @HttpHeader(ObjectTags.HEADER) @Nullable String tagging,
            @HttpHeader(LockHeaders.MODE) @Nullable String objectLockMode,

            @HttpHeader(LockHeaders.RETAIN_UNTIL_DATE) @Nullable
            String objectLockRetainUntilDate,

            @HttpHeader(LockHeaders.LEGAL_HOLD) @Nullable String objectLockLegalHold,

            @HttpHeaderGroup(EncryptionHeaders.METHOD) @Nullable
            EncryptionHeaders encryption,

            @HttpHeaderGroup(CustomerKeyHeaders.PREFIX) @Nullable
            CustomerKeyHeaders customerKey,

            @HttpHeaderGroup(CustomerKeyHeaders.OfSource.PREFIX)
            CustomerKeyHeaders.@Nullable OfSource sourceCustomerKey,

            @HttpPrefixHeaders(UserMetadata.PREFIX) Map<String, String> metadata) {

        Preconditions sourcePreconditions() {
            return new Preconditions(
                    copySourceIfMatch, copySourceIfUnmodifiedSince, copySourceIfNoneMatch, copySourceIfModifiedSince);
        }

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
            @HttpHeader("x-amz-copy-source-version-id") @Nullable
            String copySourceVersionId,

            @HttpHeader("x-amz-version-id") @Nullable String versionId,
            @HttpHeaderGroup EncryptionAnswer encryption,
            @HttpHeaderGroup EncryptionAnswer.@Nullable OfCustomer customerKey,

            @HttpHeader(EncryptionHeaders.CONTEXT) @Nullable String encryptionContext,
            @HttpHeader("x-amz-expiration") @Nullable String expiration,
            @HttpPayload CopyObjectResult copyObjectResult) {}

    /** The document of the answer. */
    public record CopyObjectResult(
            Instant lastModified,
            String eTag,
            String checksumType,
            @Nullable String checksumCRC32,
            @Nullable String checksumCRC32C,
            @Nullable String checksumCRC64NVME,
            @Nullable String checksumSHA1,
            @Nullable String checksumSHA256) {

        static CopyObjectResult of(ObjectVersion version) {
            var checksum = version.checksum();
            return new CopyObjectResult(
                    Timestamps.seconds(version.lastModified()),
                    version.etag().quoted(),
                    checksum.type().name(),
                    checksum.valueOf(ChecksumAlgorithm.CRC32),
                    checksum.valueOf(ChecksumAlgorithm.CRC32C),
                    checksum.valueOf(ChecksumAlgorithm.CRC64NVME),
                    checksum.valueOf(ChecksumAlgorithm.SHA1),
                    checksum.valueOf(ChecksumAlgorithm.SHA256));
        }
    }

    public CopyObject(Access access, ObjectWriter writer, BlobStore blobs, Clock clock) {
        this.access = access;
        this.writer = writer;
        this.blobs = blobs;
        this.clock = clock;
    }

    @Override
    public Output handle(Input input, Call call) throws IOException {
        var bucket = access.bucket(input.bucket(), input.key(), input.expectedBucketOwner(), call);
        var source = CopySource.parse(input.copySource());
        var sourceBucket = access.source(source, input.expectedSourceBucketOwner(), call);
        var finder = VersionFinder.of(source.key(), source.versionId(), call);
        var condition = WriteCondition.of(input.ifMatch(), input.ifNoneMatch());
        var encrypted =
                Attachments.NONE.withEncryption(ObjectEncryption.chosen(input.asked(), bucket, input.key(), call));
        var locked = input.lock().addTo(encrypted, bucket, clock.instant()).withAcl(access.acl(bucket, call));
        while (true) {
            var version = finder.source(sourceBucket);
            var target = new ObjectWriter.Target(bucket, input.key(), condition, locked.withTags(tags(input, version)));
            ObjectEncryption.checkRead(version, CustomerKeyHeaders.OfSource.headers(input.sourceCustomerKey()), call);
            VersionFinder.requireReadable(version);
            checkSource(input, version);
            checkChanges(input, sourceBucket, source, version);
            target.checkNow();
            try {
                var copied = copy(input, version, target);
                access.notifications().created(bucket, input.key(), copied, call);
                var expiration = LifecycleRules.header(bucket, input.key(), copied);
                return answer(input, VersionFinder.told(sourceBucket, version), copied, expiration);
            } catch (NoSuchFileException e) {
                ObjectReader.failUnlessReplaced(sourceBucket, finder, version, e);
            }
        }
    }

    private void checkSource(Input input, ObjectVersion version) {
        input.sourcePreconditions().checkCopySource(version.etag(), version.lastModified(), clock.instant());
        if (version.size() > MAX_BYTES) {
            throw S3Error.INVALID_REQUEST.saying(
                    "The specified copy source is larger than the maximum allowable size for a copy source: "
                            + MAX_BYTES);
        }
    }

    private static void checkChanges(Input input, Bucket bucket, CopySource source, ObjectVersion version) {
        boolean ontoItself =
                source.bucket().equals(input.bucket()) && source.key().equals(input.key());
        var current = ontoItself ? bucket.find(input.key()) : null;
        if (current != null && current.id().equals(version.id()) && !changes(input, version)) {
            throw S3Error.INVALID_REQUEST.saying(
                    "This copy request is illegal because it is trying to copy an object to itself without changing "
                            + "the object's metadata, storage class, website redirect location or encryption attributes.");
        }
    }

    private static List<Tag> tags(Input input, ObjectVersion source) {
        return switch (input.taggingDirective()) {
            case "REPLACE" -> ObjectTags.ofHeader(input.tagging());
            case null -> source.attachments().tags();
            case "COPY" -> source.attachments().tags();
            default ->
                throw S3Error.invalidArgument(
                        "Unknown tagging directive.", "x-amz-tagging-directive", input.taggingDirective());
        };
    }

    private static boolean changes(Input input, ObjectVersion version) {
        return MetadataDirective.parse(input.metadataDirective()) == MetadataDirective.REPLACE
                || StorageClass.parse(input.storageClass()) != version.storageClass()
                || input.websiteRedirectLocation() != null
                || input.asked().any();
    }

    private ObjectVersion copy(Input input, ObjectVersion version, ObjectWriter.Target target) throws IOException {
        var metadata = metadata(input, version.metadata());
        boolean md5Due = ObjectEncryption.tellsMd5(target.attachments());
        if (version.assembly() != null || md5Due && !ObjectEncryption.tellsMd5(version.attachments())) {
            return copyWhole(input, version, target, metadata);
        }
        var checksum = checksum(input, version);
        var blob = blobs.share(version.blob());
        boolean kept = false;
        try {
            var copied = writer.commit(target, blob, md5Due ? version.etag() : ETag.opaque(), checksum, metadata);
            kept = true;
            return copied;
        } finally {
            if (!kept) {
                blobs.release(blob);
            }
        }
    }

    /** A copy has no parts: where its tag tells the MD5, that is one of all bytes, which have to be read for it. */
    private ObjectVersion copyWhole(
            Input input, ObjectVersion version, ObjectWriter.Target target, ObjectMetadata metadata)
            throws IOException {
        var wanted = ChecksumAlgorithm.parse(input.checksumAlgorithm(), "x-amz-checksum-algorithm");
        var algorithm = wanted == null ? version.checksum().algorithm() : wanted;
        try (var content = blobs.read(version.blob())) {
            return writer.write(target, blobs.store(content, algorithm), metadata);
        }
    }

    private static ObjectMetadata metadata(Input input, ObjectMetadata source) {
        var given = input.systemHeaders().metadata(input.storageClass(), input.metadata());
        return switch (MetadataDirective.parse(input.metadataDirective())) {
            case REPLACE -> given;
            case COPY -> source.copied(given.storageClass(), given.websiteRedirectLocation());
        };
    }

    private Checksum checksum(Input input, ObjectVersion version) throws IOException {
        var wanted = ChecksumAlgorithm.parse(input.checksumAlgorithm(), "x-amz-checksum-algorithm");
        return wanted == null || wanted == version.checksum().algorithm()
                ? version.checksum()
                : blobs.checksum(version.blob(), wanted);
    }

    private static Output answer(
            Input input, @Nullable String sourceVersionId, ObjectVersion copied, @Nullable String expiration) {
        return new Output(
                sourceVersionId,
                VersionFinder.told(copied),
                EncryptionAnswer.of(copied.attachments()),
                EncryptionAnswer.OfCustomer.of(input.customerKey()),
                EncryptionAnswer.context(copied.attachments()),
                expiration,
                CopyObjectResult.of(copied));
    }
}
