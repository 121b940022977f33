package dev.ruststack.emulator.s3;

import java.util.Base64;
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

    /** The value where it is of this algorithm, else null: what one of several headers carries. */
    public @Nullable String valueOf(ChecksumAlgorithm wanted) {
        return algorithm == wanted ? value : null;
    }
}
