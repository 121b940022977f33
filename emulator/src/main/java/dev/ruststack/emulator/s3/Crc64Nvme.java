package dev.ruststack.emulator.s3;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * CRC-64/NVME: polynomial 0xAD93D23594C93659, reflected, all ones before and after. AWS: S3 User Guide, Checking
 * object integrity; NVM Express NVM Command Set Specification, section 5.2.1.3.4.
 *
 * <p>Eight bytes are taken at a time by eight tables. Each step waits for the one before, so large inputs are cut into
 * lanes that the processor works on side by side; the lanes are joined by moving one over the length of the next.
 */
public final class Crc64Nvme implements RunningChecksum {
    private static final long REFLECTED_POLYNOMIAL = 0x9A6C9329AC4BC9B5L;
    private static final int LANE = 4096;
    private static final int LANES = 4;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** For each of eight bytes, its part in the next register; the first 256 are the byte-wise table. */
    private static final long[] STEP = stepTables();
    /** For each of eight bytes of a register, its part in the register a lane of zeros later. */
    private static final long[] OVER_LANE = overLaneTables();

    private long register = -1;

    @Override
    public void update(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (end - at >= LANE * LANES) {
            register = lanes(register, bytes, at);
            at += LANE * LANES;
        }
        long crc = register;
        for (; end - at >= 8; at += 8) {
            crc = step(crc ^ (long) LONGS.get(bytes, at));
        }
        for (; at < end; at++) {
            crc = STEP[(int) (crc ^ bytes[at]) & 255] ^ (crc >>> 8);
        }
        register = crc;
    }

    @Override
    public byte[] value() {
        return ByteBuffer.allocate(8).putLong(~register).array();
    }

    private static long lanes(long register, byte[] bytes, int at) {
        long a = register;
        long b = 0;
        long c = 0;
        long d = 0;
        for (int i = at; i < at + LANE; i += 8) {
            a = step(a ^ (long) LONGS.get(bytes, i));
            b = step(b ^ (long) LONGS.get(bytes, i + LANE));
            c = step(c ^ (long) LONGS.get(bytes, i + 2 * LANE));
            d = step(d ^ (long) LONGS.get(bytes, i + 3 * LANE));
        }
        return d ^ overLane(c ^ overLane(b ^ overLane(a)));
    }

    private static long step(long x) {
        return apply(STEP, x);
    }

    private static long overLane(long x) {
        return apply(OVER_LANE, x);
    }

    /** A linear map of 64 bits, by a table for each byte: the lowest byte's is the last. */
    private static long apply(long[] tables, long x) {
        return tables[((int) x & 255) + 7 * 256]
                ^ tables[((int) (x >>> 8) & 255) + 6 * 256]
                ^ tables[((int) (x >>> 16) & 255) + 5 * 256]
                ^ tables[((int) (x >>> 24) & 255) + 4 * 256]
                ^ tables[((int) (x >>> 32) & 255) + 3 * 256]
                ^ tables[((int) (x >>> 40) & 255) + 2 * 256]
                ^ tables[((int) (x >>> 48) & 255) + 1 * 256]
                ^ tables[(int) (x >>> 56)];
    }

    private static long[] stepTables() {
        var tables = new long[8 * 256];
        for (int value = 0; value < 256; value++) {
            long crc = value;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ REFLECTED_POLYNOMIAL;
            }
            tables[value] = crc;
        }
        for (int i = 256; i < tables.length; i++) {
            long before = tables[i - 256];
            tables[i] = tables[(int) before & 255] ^ before >>> 8;
        }
        return tables;
    }

    private static long[] overLaneTables() {
        var bits = new long[64];
        for (int bit = 0; bit < 64; bit++) {
            long crc = 1L << bit;
            for (int i = 0; i < LANE; i += 8) {
                crc = step(crc);
            }
            bits[bit] = crc;
        }
        var tables = new long[8 * 256];
        for (int i = 0; i < tables.length; i++) {
            int firstBit = (7 - (i >>> 8)) * 8;
            for (int bit = 0; bit < 8; bit++) {
                tables[i] ^= (i >>> bit & 1) == 0 ? 0 : bits[firstBit + bit];
            }
        }
        return tables;
    }
}
