package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.aws.wire.HttpHeaderGroup;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpPrefixHeaders;
import dev.ruststack.emulator.aws.wire.XmlName;
import dev.ruststack.emulator.s3.Checksum;
import dev.ruststack.emulator.s3.ChecksumAlgorithm;
import dev.ruststack.emulator.s3.S3Error;
import dev.ruststack.emulator.s3.store.Attachments;
import dev.ruststack.emulator.s3.store.MultipartUpload;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Begins an object that comes in parts. AWS: S3 API Reference, CreateMultipartUpload. */
@Http("POST /{Bucket}/{Key+}?uploads")
public final class CreateMultipartUpload
        implements Operation<CreateMultipartUpload.Input, CreateMultipartUpload.Output> {
    private static final int ID_BYTES = 96;

    private final SecureRandom random = new SecureRandom();
    private final Access access;
    private final Clock clock;

    /** The request. */
    public record Input(
            @HttpLabel String bucket,
            @HttpLabel String key,
            @HttpHeader("Cache-Control") @Nullable String cacheControl,
            @HttpHeader("Content-Disposition") @Nullable String contentDisposition,
            @HttpHeader("Content-Encoding") @Nullable String contentEncoding,
            @HttpHeader("Content-Language") @Nullable String contentLanguage,
            @HttpHeader("Content-Type") @Nullable String contentType,
            @HttpHeader("Expires") @Nullable String expires,
            @HttpHeader("x-amz-storage-class") @Nullable String storageClass,

            @HttpHeader("x-amz-website-redirect-location") @Nullable
            String websiteRedirectLocation,

            @HttpHeader("x-amz-expected-bucket-owner") @Nullable
            String expectedBucketOwner,

            @HttpHeader("x-amz-checksum-algorithm") @Nullable
            String checksumAlgorithm,

            @HttpHeader("x-amz-checksum-type") @Nullable String checksumType,
            @HttpHeader(ObjectTags.HEADER) @Nullable String tagging,
            @HttpHeader(LockHeaders.MODE) @Nullable String objectLockMode,

            @HttpHeader(LockHeaders.RETAIN_UNTIL_DATE) @Nullable
            String objectLockRetainUntilDate,

            @HttpHeader(LockHeaders.LEGAL_HOLD) @Nullable String objectLockLegalHold,

            @HttpHeaderGroup(EncryptionHeaders.METHOD) @Nullable
            EncryptionHeaders encryption,

            @HttpHeaderGroup(CustomerKeyHeaders.PREFIX) @Nullable
            CustomerKeyHeaders customerKey,

            @HttpPrefixHeaders(UserMetadata.PREFIX) Map<String, String> metadata) {

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
    @XmlName("InitiateMultipartUploadResult")
    public record Output(
            String bucket,
            String key,
            String uploadId,

            @HttpHeader("x-amz-checksum-algorithm") @Nullable
            String checksumAlgorithm,

            @HttpHeader("x-amz-checksum-type") @Nullable String checksumType,
            @HttpHeader("x-amz-abort-date") @Nullable Instant abortDate,
            @HttpHeader("x-amz-abort-rule-id") @Nullable String abortRuleId,
            @HttpHeaderGroup EncryptionAnswer encryption,
            @HttpHeaderGroup EncryptionAnswer.@Nullable OfCustomer customerKey,

            @HttpHeader(EncryptionHeaders.CONTEXT) @Nullable String encryptionContext) {}

    public CreateMultipartUpload(Access access, Clock clock) {
        this.access = access;
        this.clock = clock;
    }

    @Override
    public Output handle(Input input, Call call) {
        var bucket = access.bucket(input.bucket(), input.key(), input.expectedBucketOwner(), call);
        var metadata = input.systemHeaders().metadata(input.storageClass(), input.metadata());
        var algorithm = ChecksumAlgorithm.parse(input.checksumAlgorithm(), "x-amz-checksum-algorithm");
        var type = type(input.checksumType(), algorithm);
        var now = clock.instant();
        var encryption = ObjectEncryption.chosen(input.asked(), bucket, input.key(), call);
        var tagged =
                Attachments.NONE.withTags(ObjectTags.ofHeader(input.tagging())).withEncryption(encryption);
        var attachments = input.lock().addTo(tagged, bucket, now).withAcl(access.acl(bucket, call));
        var start = new MultipartUpload.Start(newId(), input.key(), now, metadata, algorithm, type, attachments);
        bucket.begin(start);
        var abort = LifecycleRules.abort(bucket, start);
        return new Output(
                input.bucket(),
                input.key(),
                start.uploadId(),
                algorithm == null ? null : algorithm.name(),
                algorithm == null ? null : type.name(),
                abort == null ? null : abort.at(),
                abort == null ? null : abort.ruleId(),
                EncryptionAnswer.of(attachments),
                EncryptionAnswer.OfCustomer.of(input.customerKey()),
                EncryptionAnswer.context(attachments));
    }

    /** Ids cannot be guessed: who knows one may write to the upload. */
    private String newId() {
        var bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }

    /** AWS: S3 User Guide, Checking object integrity for data uploads (full object and composite checksum types). */
    private static Checksum.Type type(@Nullable String wanted, @Nullable ChecksumAlgorithm algorithm) {
        if (wanted == null) {
            return algorithm == null || algorithm == ChecksumAlgorithm.CRC64NVME
                    ? Checksum.Type.FULL_OBJECT
                    : Checksum.Type.COMPOSITE;
        }
        if (algorithm == null) {
            throw S3Error.INVALID_REQUEST.saying(
                    "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.");
        }
        var type = switch (wanted) {
            case "COMPOSITE" -> Checksum.Type.COMPOSITE;
            case "FULL_OBJECT" -> Checksum.Type.FULL_OBJECT;
            default -> throw S3Error.INVALID_REQUEST.saying("Value for x-amz-checksum-type header is invalid.");
        };
        boolean possible = switch (type) {
            case COMPOSITE -> algorithm != ChecksumAlgorithm.CRC64NVME;
            case FULL_OBJECT -> algorithm.isCrc();
        };
        if (!possible) {
            throw S3Error.INVALID_REQUEST.saying("The " + type + " checksum type cannot be used with the "
                    + algorithm.name().toLowerCase(Locale.ROOT) + " checksum algorithm.");
        }
        return type;
    }
}
