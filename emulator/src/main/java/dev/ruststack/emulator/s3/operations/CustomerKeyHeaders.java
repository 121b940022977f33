package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.s3.RunningChecksum;
import dev.ruststack.emulator.s3.S3Error;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A key of the customer's own. AWS takes it over TLS only; RustStack takes it over plain HTTP too, being for tests. AWS:
 * S3 User Guide, Using server-side encryption with customer-provided keys (SSE-C).
 */
public record CustomerKeyHeaders(
        @HttpHeader(ALGORITHM) @Nullable String algorithm,
        @HttpHeader(KEY) @Nullable String key,
        @HttpHeader(KEY_MD5) @Nullable String keyMd5) {
    static final String PREFIX = EncryptionHeaders.METHOD + "-customer-";
    static final String ALGORITHM = PREFIX + "algorithm";
    static final String KEY = PREFIX + "key";
    static final String KEY_MD5 = PREFIX + "key-MD5";

    private static final int KEY_BYTES = 32;

    /** The key of the object that is copied. */
    public record OfSource(
            @HttpHeader(PREFIX + "algorithm") @Nullable String algorithm,
            @HttpHeader(PREFIX + "key") @Nullable String key,
            @HttpHeader(PREFIX + "key-MD5") @Nullable String keyMd5) {
        static final String PREFIX = "x-amz-copy-source-server-side-encryption-customer-";

        /** The same as headers of an object that is read; null for none. */
        static @Nullable CustomerKeyHeaders headers(@Nullable OfSource source) {
            return source == null ? null : new CustomerKeyHeaders(source.algorithm, source.key, source.keyMd5);
        }
    }

    /** Those of a request; null where it has none. */
    static @Nullable CustomerKeyHeaders of(Headers headers) {
        var found = new CustomerKeyHeaders(headers.first(ALGORITHM), headers.first(KEY), headers.first(KEY_MD5));
        return found.algorithm == null && found.key == null && found.keyMd5 == null ? null : found;
    }

    /** The key of an object that is to be written. */
    byte[] newKey() {
        var bytes = sentKey();
        if (bytes.length != KEY_BYTES) {
            throw refused("The secret key was invalid for the specified algorithm.");
        }
        return bytes;
    }

    /** The key as it was sent, of whatever length: that of an object that is there must equal its own. */
    byte[] sentKey() {
        if (algorithm == null) {
            throw mustProvide("a valid encryption algorithm.");
        }
        if (!algorithm.equals("AES256")) {
            throw S3Error.INVALID_ENCRYPTION_ALGORITHM
                    .with("ArgumentName", EncryptionHeaders.METHOD)
                    .with("ArgumentValue", algorithm);
        }
        var bytes = key == null ? null : decoded(key);
        if (bytes == null) {
            throw mustProvide("an appropriate secret key.");
        }
        if (keyMd5 == null) {
            throw mustProvide("the client calculated MD5 of the secret key.");
        }
        var md5 = RunningChecksum.digest("MD5");
        md5.update(bytes, 0, bytes.length);
        if (!Arrays.equals(md5.value(), decoded(keyMd5))) {
            throw refused("The calculated MD5 hash of the key did not match the hash that was provided.");
        }
        return bytes;
    }

    private static byte @Nullable [] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static AwsException mustProvide(String what) {
        return refused("Requests specifying Server Side Encryption with Customer provided keys must provide " + what);
    }

    private static AwsException refused(String text) {
        return S3Error.invalidArgument(text, EncryptionHeaders.METHOD, "null");
    }
}
