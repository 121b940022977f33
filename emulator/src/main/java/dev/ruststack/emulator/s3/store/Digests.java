package dev.ruststack.emulator.s3.store;

import dev.ruststack.emulator.s3.Checksum;
import dev.ruststack.emulator.s3.ChecksumAlgorithm;
import dev.ruststack.emulator.s3.RunningChecksum;

/** The MD5 and the checksum of bytes that pass by once. Not safe for use by several threads. */
final class Digests {
    private final ChecksumAlgorithm algorithm;
    private final RunningChecksum md5 = RunningChecksum.digest("MD5");
    private final RunningChecksum checksum;

    Digests(ChecksumAlgorithm algorithm) {
        this.algorithm = algorithm;
        this.checksum = algorithm.start();
    }

    void update(byte[] bytes, int offset, int length) {
        md5.update(bytes, offset, length);
        checksum.update(bytes, offset, length);
    }

    StoredBlob finish(Blob blob) {
        return new StoredBlob(blob, md5.value(), Checksum.fullObject(algorithm, checksum.value()));
    }
}
