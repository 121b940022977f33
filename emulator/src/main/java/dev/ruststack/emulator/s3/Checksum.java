package dev.ruststack.emulator.s3;

import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The checksum of an object, kept and returned as AWS does. AWS: S3 API Reference, Checksum.
 *
 * @param value base64; with {@code -N}, the number of parts, where it is composite
 */
public record Checksum(ChecksumAlgorithm algorithm, String value, Type type) {
    /** What a checksum was computed over. */
    public enum Type {
        /** All bytes of the object. */
        FULL_OBJECT,
        /** The checksums of its parts. */
        COMPOSITE
    }

    public static Checksum fullObject(ChecksumAlgorithm algorithm, byte[] value) {
        return new Checksum(algorithm, Base64.getEncoder().encodeToString(value), Type.FULL_OBJECT);
    }

    /** The checksum over the checksums of the parts, in their order. */
    public static Checksum composite(ChecksumAlgorithm algorithm, List<Checksum> parts) {
        var running = algorithm.start();
        for (var part : parts) {
            var bytes = part.bytes();
            running.update(bytes, 0, bytes.length);
        }
        var value = Base64.getEncoder().encodeToString(running.value());
        return new Checksum(algorithm, value + "-" + parts.size(), Type.COMPOSITE);
    }

    /** The checksum over all bytes of an object, of those of its parts; only for CRCs. */
    public static Checksum joined(ChecksumAlgorithm algorithm, List<Checksum> parts, List<Long> sizes) {
        var joined = JoinedCrc.of(algorithm);
        for (int index = 0; index < parts.size(); index++) {
            joined.append(parts.get(index).bytes(), sizes.get(index));
        }
        return fullObject(algorithm, joined.value());
    }

    /** The bytes of a value that is over all of an object. */
    byte[] bytes() {
        return Base64.getDecoder().decode(value);
    }

    /** The value where it is of this algorithm, else null: what one of several headers carries. */
    public @Nullable String valueOf(ChecksumAlgorithm wanted) {
        return algorithm == wanted ? value : null;
    }
}
