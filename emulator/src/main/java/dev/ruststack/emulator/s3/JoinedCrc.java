package dev.ruststack.emulator.s3;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The CRC of bytes of which only the CRCs of the parts are known: no byte is read again. A CRC is the remainder of a
 * polynomial over GF(2), so that of a concatenation is the first one times x to the number of bits that follow, plus the
 * second. Polynomials are kept as CRCs are, the lowest power in the highest bit.
 */
final class JoinedCrc {
    private final int width;
    private final long polynomial;
    private long crc;

    private JoinedCrc(int width, long polynomial) {
        this.width = width;
        this.polynomial = polynomial;
    }

    /** Of no bytes yet; only for the algorithms that are CRCs. */
    static JoinedCrc of(ChecksumAlgorithm algorithm) {
        return switch (algorithm) {
            case CRC32 -> new JoinedCrc(32, 0xEDB8_8320L);
            case CRC32C -> new JoinedCrc(32, 0x82F6_3B78L);
            case CRC64NVME -> new JoinedCrc(64, 0x9A6C_9329_AC4B_C9B5L);
            case SHA1, SHA256 -> throw new IllegalArgumentException(algorithm + " of parts cannot be joined");
        };
    }

    /** Appends bytes by their CRC. */
    void append(byte[] value, long length) {
        long next = 0;
        for (byte each : value) {
            next = next << 8 | each & 0xFF;
        }
        crc = times(power(length), crc) ^ next;
    }

    byte[] value() {
        var bytes = ByteBuffer.allocate(8).putLong(crc).array();
        return Arrays.copyOfRange(bytes, 8 - width / 8, 8);
    }

    /** x to the eightfold of this number, by squaring. */
    private long power(long bytes) {
        long result = 1L << (width - 1);
        long square = 1L << (width - 9);
        for (long left = bytes; left > 0; left >>>= 1) {
            if ((left & 1) != 0) {
                result = times(square, result);
            }
            square = times(square, square);
        }
        return result;
    }

    private long times(long a, long b) {
        long product = 0;
        long factor = b;
        for (long bit = 1L << (width - 1); bit != 0; bit >>>= 1) {
            if ((a & bit) != 0) {
                product ^= factor;
            }
            factor = (factor & 1) == 0 ? factor >>> 1 : factor >>> 1 ^ polynomial;
        }
        return product;
    }
}
