package dev.ruststack.emulator.s3;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.Checksum;

/** A digest or checksum that grows with the bytes it is shown. Not safe for use by several threads. */
public interface RunningChecksum {
    void update(byte[] bytes, int offset, int length);

    /** The value over every byte so far, most significant byte first. Nothing may be added after. */
    byte[] value();

    /** A digest of the JDK by its name, such as {@code MD5}. */
    static RunningChecksum digest(String algorithm) {
        try {
            var digest = MessageDigest.getInstance(algorithm);
            return new RunningChecksum() {
                @Override
                public void update(byte[] bytes, int offset, int length) {
                    digest.update(bytes, offset, length);
                }

                @Override
                public byte[] value() {
                    return digest.digest();
                }
            };
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    /** A 32-bit checksum of the JDK, computed by the processor's own instructions. */
    static RunningChecksum of(Checksum checksum) {
        return new RunningChecksum() {
            @Override
            public void update(byte[] bytes, int offset, int length) {
                checksum.update(bytes, offset, length);
            }

            @Override
            public byte[] value() {
                return ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array();
            }
        };
    }
}
