package dev.ruststack.emulator.s3;

import org.jspecify.annotations.Nullable;

/**
 * How S3 was asked to encrypt an object, where not with keys of its own. RustStack keeps bytes as they are: keys of KMS
 * are told and not used, keys of customers are asked for. AWS: S3 User Guide, Protecting data with encryption.
 *
 * @param keyId the key of KMS; null for a customer's
 * @param context what KMS is to authenticate beside the bytes, as it was sent; null for nothing
 * @param bucketKey whether a key of the bucket spares calls of KMS
 * @param customerKey what tells the customer's key; null for one of KMS
 */
public record Encryption(
        Method method,
        @Nullable String keyId,
        @Nullable String context,
        boolean bucketKey,
        @Nullable CustomerKey customerKey) {

    /** Who has the key. */
    public enum Method {
        KMS("aws:kms"),
        /** KMS, in two layers. */
        DSSE("aws:kms:dsse"),
        /** The customer, who sends it along with every request. */
        CUSTOMER("AES256");

        private final String algorithm;

        Method(String algorithm) {
            this.algorithm = algorithm;
        }

        /** As it stands in headers. */
        public String algorithm() {
            return algorithm;
        }
    }

    public Encryption {
        if ((method == Method.CUSTOMER) != (customerKey != null) || (customerKey == null) != (keyId != null)) {
            throw new IllegalArgumentException("an encryption with a key of another method: " + method);
        }
    }

    /** By a key of KMS. */
    public static Encryption byKms(Method method, String keyId, @Nullable String context, boolean bucketKey) {
        return new Encryption(method, keyId, context, bucketKey, null);
    }

    /** By the customer's key. */
    public static Encryption byCustomer(CustomerKey key) {
        return new Encryption(Method.CUSTOMER, null, null, false, key);
    }
}
