package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.s3.Encryption;
import dev.ruststack.emulator.s3.Encryption.Method;
import dev.ruststack.emulator.s3.store.Attachments;
import org.jspecify.annotations.Nullable;

/** What is told of how an object is encrypted. AWS: S3 API Reference, GetObject. */
public record EncryptionAnswer(
        @HttpHeader(EncryptionHeaders.METHOD) @Nullable String method,
        @HttpHeader(EncryptionHeaders.KEY_ID) @Nullable String keyId,
        @HttpHeader(EncryptionHeaders.BUCKET_KEY) @Nullable Boolean bucketKeyEnabled) {

    /** Every object is encrypted so since January 2023. AWS: S3 User Guide, default encryption. */
    private static final EncryptionAnswer BY_S3 = new EncryptionAnswer("AES256", null, null);

    private static final EncryptionAnswer BY_CUSTOMER = new EncryptionAnswer(null, null, null);

    /** That of a version, or of an upload that is to be one. */
    static EncryptionAnswer of(Attachments attachments) {
        var encryption = attachments.encryption();
        if (encryption == null) {
            return BY_S3;
        }
        return encryption.method() == Method.CUSTOMER
                ? BY_CUSTOMER
                : new EncryptionAnswer(
                        encryption.method().algorithm(), encryption.keyId(), encryption.bucketKey() ? true : null);
    }

    /** The context; null where there is none. */
    static @Nullable String context(Attachments attachments) {
        Encryption encryption = attachments.encryption();
        return encryption == null ? null : encryption.context();
    }

    /** What is told of a customer's key. */
    public record OfCustomer(
            @HttpHeader(CustomerKeyHeaders.ALGORITHM) @Nullable
            String algorithm,

            @HttpHeader(CustomerKeyHeaders.KEY_MD5) @Nullable
            String keyMd5) {
        /** The answer to who sent a key; null to others. */
        static @Nullable OfCustomer of(@Nullable CustomerKeyHeaders headers) {
            return headers == null ? null : new OfCustomer(headers.algorithm(), headers.keyMd5());
        }
    }
}
