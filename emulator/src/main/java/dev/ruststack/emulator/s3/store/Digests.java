package dev.ruststack.emulator.s3.store;

import dev.ruststack.emulator.s3.Checksum;
import dev.ruststack.emulator.s3.ChecksumAlgorithm;
import dev.ruststack.emulator.s3.RunningChecksum;
import org.jspecify.annotations.Nullable;

/** The MD5 and one or two checksums of bytes that pass by once. Not safe for use by several threads. */
final class Digests {
    private final RunningChecksum md5 = RunningChecksum.digest("MD5");
    private final One first;
    private final @Nullable One second;

    private record One(ChecksumAlgorithm algorithm, RunningChecksum running) {
        static One of(ChecksumAlgorithm algorithm) {
            return new One(algorithm, algorithm.start());
        }

        Checksum value() {
            return Checksum.fullObject(algorithm, running.value());
        }
    }

    Digests(ChecksumAlgorithm algorithm, @Nullable ChecksumAlgorithm another) {
        first = One.of(algorithm);
        second = another == null || another == algorithm ? null : One.of(another);
    }

    void update(byte[] bytes, int offset, int length) {
        md5.update(bytes, offset, length);
        first.running.update(bytes, offset, length);
        if (second != null) {
            second.running.update(bytes, offset, length);
        }
    }

    StoredBlob finish(Blob blob) {
        return new StoredBlob(blob, md5.value(), first.value(), second == null ? null : second.value());
    }
}
