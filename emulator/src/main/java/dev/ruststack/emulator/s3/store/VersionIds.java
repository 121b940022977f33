package dev.ruststack.emulator.s3.store;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.zip.CRC32C;

/**
 * Version ids of the shape of S3's: 32 characters that are safe in URLs and tell nothing. As there, an id that was never
 * given out is recognized as such.
 */
public final class VersionIds {
    private static final int RANDOM_BYTES = 20;
    private static final int LENGTH = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private VersionIds() {}

    static String next() {
        var random = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(random);
        var bytes = ByteBuffer.allocate(RANDOM_BYTES + Integer.BYTES)
                .put(random)
                .putInt(check(random))
                .array();
        return Base64.getUrlEncoder().encodeToString(bytes).replace('-', '.');
    }

    /** Whether it may be the id of a version, that is there, was there, or is in another bucket. */
    public static boolean isPossible(String id) {
        if (id.equals(Version.NULL_ID)) {
            return true;
        }
        if (id.length() != LENGTH || id.indexOf('-') >= 0) {
            return false;
        }
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(id.replace('.', '-')));
            var random = new byte[RANDOM_BYTES];
            return bytes.get(random).getInt() == check(random);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static int check(byte[] random) {
        var crc = new CRC32C();
        crc.update(random);
        return (int) crc.getValue();
    }
}
