package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.s3.CustomerKey;
import dev.ruststack.emulator.s3.ETag;
import dev.ruststack.emulator.s3.Encryption;
import dev.ruststack.emulator.s3.Encryption.Method;
import dev.ruststack.emulator.s3.S3Error;
import dev.ruststack.emulator.s3.configuration.ServerSideEncryptionConfiguration;
import dev.ruststack.emulator.s3.store.Attachments;
import dev.ruststack.emulator.s3.store.Bucket;
import dev.ruststack.emulator.s3.store.MultipartUpload;
import dev.ruststack.emulator.s3.store.ObjectVersion;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How objects are encrypted, and who may read them. AWS: S3 User Guide, Protecting data with encryption. */
final class ObjectEncryption {
    /** The id of a key by itself, without its ARN. */
    private static final Pattern KEY_ID = Pattern.compile("(mrk-)?[0-9a-fA-F-]{32,36}");

    private ObjectEncryption() {}

    /**
     * What a request asks for.
     *
     * @param headers null for none
     * @param customerKey null for none
     */
    record Asked(
            @Nullable EncryptionHeaders headers, @Nullable CustomerKeyHeaders customerKey) {
        boolean any() {
            return customerKey != null || headers != null && headers.method() != null;
        }
    }

    /** How a new object is encrypted: as it is asked for, else as the bucket has it; null by S3 itself. */
    static @Nullable Encryption chosen(Asked asked, Bucket bucket, String key, Call call) {
        var headers = asked.headers;
        if (asked.customerKey != null) {
            if (headers != null && headers.method() != null) {
                throw S3Error.invalidArgument(
                        "Server Side Encryption with Customer provided key is incompatible with the encryption method "
                                + "specified",
                        EncryptionHeaders.METHOD,
                        headers.method());
            }
            var bytes = asked.customerKey.newKey();
            checkNotBlocked(bucket, key, call);
            return Encryption.byCustomer(CustomerKey.of(bytes));
        }
        if (headers == null) {
            return byDefault(bucket, null);
        }
        var method = headers.parsedMethod();
        if (headers.method() == null) {
            return byDefault(bucket, headers.bucketKeyEnabled());
        }
        return method == null
                ? null
                : Encryption.byKms(
                        method,
                        keyId(headers.keyId(), bucket),
                        headers.checkedContext(),
                        bucketKey(method, headers.bucketKeyEnabled(), bucket));
    }

    private static @Nullable Encryption byDefault(Bucket bucket, @Nullable Boolean bucketKeyAsked) {
        var configuration = bucket.configurations().get(ServerSideEncryptionConfiguration.KIND);
        var byDefault = configuration == null ? null : configuration.byDefault();
        var method = byDefault == null ? null : method(String.valueOf(byDefault.sseAlgorithm()));
        return byDefault == null || method == null
                ? null
                : Encryption.byKms(
                        method,
                        keyId(byDefault.kmsMasterKeyId(), bucket),
                        null,
                        bucketKey(method, bucketKeyAsked, bucket));
    }

    private static @Nullable Method method(String algorithm) {
        return switch (algorithm) {
            case "aws:kms" -> Method.KMS;
            case "aws:kms:dsse" -> Method.DSSE;
            default -> null;
        };
    }

    /** There are no bucket keys in two layers. AWS: S3 User Guide, Reducing the cost of SSE-KMS with S3 Bucket Keys. */
    private static boolean bucketKey(Method method, @Nullable Boolean asked, Bucket bucket) {
        if (method != Method.KMS) {
            return false;
        }
        var configuration = bucket.configurations().get(ServerSideEncryptionConfiguration.KIND);
        return asked == null ? configuration != null && configuration.bucketKeyEnabled() : asked;
    }

    /** The key as S3 tells it: an ARN, but for an alias, which without KMS stands for no key. */
    private static String keyId(@Nullable String given, Bucket bucket) {
        var keys = "arn:aws:kms:" + bucket.region() + ":" + bucket.ownerAccountId() + ":";
        if (given == null || given.isEmpty()) {
            return keys + "alias/aws/s3";
        }
        return KEY_ID.matcher(given).matches() ? keys + "key/" + given : given;
    }

    /** AWS: S3 User Guide, Blocking or unblocking SSE-C for a general purpose bucket. */
    private static void checkNotBlocked(Bucket bucket, String key, Call call) {
        var configuration = bucket.configurations().get(ServerSideEncryptionConfiguration.KIND);
        if (configuration != null && !configuration.takesCustomerKeys()) {
            throw S3Error.ACCESS_DENIED.saying("User: arn:aws:iam::" + call.accountId()
                    + ":root is not authorized to perform: s3:PutObject on resource: \"" + bucket.arn() + "/" + key
                    + "\" because this bucket has blocked upload requests that specify Server Side Encryption with "
                    + "Customer provided keys (SSE-C). Please specify a different server-side encryption type");
        }
    }

    /** Throws where an object cannot be read without another key, or with a key. */
    static void checkRead(ObjectVersion version, @Nullable CustomerKeyHeaders headers, Call call) {
        checkKey(version, headers);
        var encryption = version.attachments().encryption();
        if (encryption != null && encryption.customerKey() == null && PolicyContext.isAnonymous(call)) {
            throw S3Error.invalidArgument(
                    "Requests specifying Server Side Encryption with AWS KMS managed keys require AWS Signature "
                            + "Version 4.",
                    "Authorization",
                    "null");
        }
    }

    /** Throws where an object has another customer's key, or none. */
    static void checkKey(ObjectVersion version, @Nullable CustomerKeyHeaders headers) {
        var encryption = version.attachments().encryption();
        var key = encryption == null ? null : encryption.customerKey();
        if (key != null) {
            checkKey(key, headers);
        } else if (headers != null) {
            headers.sentKey();
            throw S3Error.INVALID_REQUEST.saying("The encryption parameters are not applicable to this object.");
        }
    }

    private static void checkKey(CustomerKey key, @Nullable CustomerKeyHeaders headers) {
        if (headers == null) {
            throw S3Error.INVALID_REQUEST.saying("The object was stored using a form of Server Side Encryption. The "
                    + "correct parameters must be provided to retrieve the object.");
        }
        if (!key.is(headers.sentKey())) {
            throw S3Error.ACCESS_DENIED.saying("Requests specifying Server Side Encryption with Customer provided keys "
                    + "must provide the correct secret key.");
        }
    }

    /** Throws where a part does not come with the key that its upload was begun with. */
    static void checkPart(MultipartUpload.Start start, @Nullable CustomerKeyHeaders headers) {
        var encryption = start.attachmentsOrNone().encryption();
        var key = encryption == null ? null : encryption.customerKey();
        if (key == null && headers == null) {
            return;
        }
        if (key == null || headers == null) {
            throw S3Error.INVALID_REQUEST.saying("The multipart upload initiate requested encryption. Subsequent part "
                    + "requests must include the appropriate encryption parameters.");
        }
        checkSame(key, headers);
    }

    /** Throws where an upload is completed with another key; AWS does not ask for one in every case. */
    static void checkCompletion(MultipartUpload.Start start, @Nullable CustomerKeyHeaders headers) {
        if (headers != null) {
            checkPart(start, headers);
        }
    }

    private static void checkSame(CustomerKey key, CustomerKeyHeaders headers) {
        if (!key.is(headers.newKey())) {
            throw different();
        }
    }

    private static AwsException different() {
        return S3Error.INVALID_REQUEST.saying(
                "The provided encryption parameters did not match the ones used originally.");
    }

    /** Whether the tag of what is encrypted so tells its MD5. AWS: S3 API Reference, Object (ETag). */
    static boolean tellsMd5(Attachments attachments) {
        return attachments.encryption() == null;
    }

    /** The tag of bytes that are encrypted so. */
    static ETag tag(Attachments attachments, byte[] md5) {
        return tellsMd5(attachments) ? ETag.ofMd5(md5) : ETag.opaque();
    }
}
