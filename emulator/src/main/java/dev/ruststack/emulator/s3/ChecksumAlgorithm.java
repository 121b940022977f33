package dev.ruststack.emulator.s3;

import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The checksums of objects. AWS: S3 User Guide, Checking object integrity in Amazon S3. */
public enum ChecksumAlgorithm {
    CRC32(4),
    CRC32C(4),
    CRC64NVME(8),
    SHA1(20),
    SHA256(32);

    static final String HEADER_PREFIX = "x-amz-checksum-";

    /** Those that AWS has added since and RustStack has not. */
    private static final Set<String> NOT_YET = Set.of("SHA512", "MD5", "XXHASH64", "XXHASH3", "XXHASH128");

    private final int bytes;
    private final String header;

    ChecksumAlgorithm(int bytes) {
        this.bytes = bytes;
        this.header = HEADER_PREFIX + name().toLowerCase(Locale.ROOT);
    }

    /** The length of a value in bytes. */
    public int bytes() {
        return bytes;
    }

    /** The header, or trailer, that carries a value; in lower case. */
    public String header() {
        return header;
    }

    /** Whether the checksum of all bytes can be had from those of the parts. */
    public boolean isCrc() {
        return switch (this) {
            case CRC32, CRC32C, CRC64NVME -> true;
            case SHA1, SHA256 -> false;
        };
    }

    public RunningChecksum start() {
        return switch (this) {
            case CRC32 -> RunningChecksum.of(new CRC32());
            case CRC32C -> RunningChecksum.of(new CRC32C());
            case CRC64NVME -> new Crc64Nvme();
            case SHA1 -> RunningChecksum.digest("SHA-1");
            case SHA256 -> RunningChecksum.digest("SHA-256");
        };
    }

    /** The algorithm whose values this header carries, or null. */
    static @Nullable ChecksumAlgorithm ofHeader(String headerName) {
        for (var algorithm : values()) {
            if (algorithm.header.equalsIgnoreCase(headerName)) {
                return algorithm;
            }
        }
        return null;
    }

    /** Reads the name of an algorithm in a header, or null where the header is absent. */
    public static @Nullable ChecksumAlgorithm parse(@Nullable String name, String headerName) {
        if (name == null) {
            return null;
        }
        var upper = name.toUpperCase(Locale.ROOT);
        for (var algorithm : values()) {
            if (algorithm.name().equals(upper)) {
                return algorithm;
            }
        }
        if (NOT_YET.contains(upper)) {
            throw S3Error.unsupportedHeader(headerName);
        }
        throw S3Error.INVALID_REQUEST.saying(
                "Checksum algorithm provided is unsupported. Please try again with any of the valid types: "
                        + "[CRC32, CRC32C, CRC64NVME, SHA1, SHA256]");
    }

    /** Whether this names a checksum header that AWS has and RustStack has not. */
    static boolean isUnsupportedHeader(String headerName) {
        return headerName.regionMatches(true, 0, HEADER_PREFIX, 0, HEADER_PREFIX.length())
                && NOT_YET.contains(headerName.substring(HEADER_PREFIX.length()).toUpperCase(Locale.ROOT));
    }
}
