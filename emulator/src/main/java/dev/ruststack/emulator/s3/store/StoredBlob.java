package dev.ruststack.emulator.s3.store;

import dev.ruststack.emulator.s3.Checksum;
import dev.ruststack.emulator.s3.ChecksumAlgorithm;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that were taken in, with what was computed of them on the way.
 *
 * @param md5 16 bytes
 * @param second null where one algorithm was asked for
 */
public record StoredBlob(
        Blob blob, byte[] md5, Checksum checksum, @Nullable Checksum second) {

    /** The checksum of one of the algorithms that were asked for. */
    public Checksum checksum(ChecksumAlgorithm algorithm) {
        return second != null && second.algorithm() == algorithm ? second : checksum;
    }
}
