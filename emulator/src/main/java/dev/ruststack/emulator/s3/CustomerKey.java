package dev.ruststack.emulator.s3;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What S3 keeps of a customer's key: a salted HMAC, by which the key is known again and cannot be found. AWS: S3 User
 * Guide, Using server-side encryption with customer-provided keys.
 *
 * @param salt 16 random bytes, Base64
 * @param hmac HMAC-SHA256 of the key, Base64
 */
public record CustomerKey(String salt, String hmac) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SALT_BYTES = 16;

    /** What to keep of a key. */
    public static CustomerKey of(byte[] key) {
        var salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        var encoder = Base64.getEncoder();
        return new CustomerKey(encoder.encodeToString(salt), encoder.encodeToString(hmac(salt, key)));
    }

    /** Whether it is this key. */
    public boolean is(byte[] key) {
        var decoder = Base64.getDecoder();
        return MessageDigest.isEqual(decoder.decode(hmac), hmac(decoder.decode(salt), key));
    }

    private static byte[] hmac(byte[] salt, byte[] key) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(salt, "HmacSHA256"));
            return mac.doFinal(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
