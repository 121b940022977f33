package dev.ruststack.emulator.s3;

import dev.ruststack.emulator.http.Headers;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client says of the bytes it sends: Content-MD5, and one checksum in a header or in the trailer that follows
 * the bytes. AWS: S3 User Guide, Checking object integrity for data uploads.
 *
 * @param md5 the 16 bytes of Content-MD5
 * @param checksum the value of a checksum header
 * @param algorithm the algorithm of that header, or the one that the trailer will carry
 */
public record DeclaredDigests(
        byte @Nullable [] md5,
        @Nullable Checksum checksum,
        @Nullable ChecksumAlgorithm algorithm) {

    /** Nothing said. */
    public static final DeclaredDigests NONE = new DeclaredDigests(null, null, null);

    /** Reads the headers of a request; values of the wrong form are refused as S3 does. */
    public static DeclaredDigests of(Headers headers) {
        var md5 = md5(headers.first("Content-MD5"));
        var checksum = checksum(headers);
        var trailer = checksum == null ? trailer(headers.first("x-amz-trailer")) : null;
        var algorithm = checksum == null ? trailer : checksum.algorithm();
        if (algorithm == null && headers.has("x-amz-sdk-checksum-algorithm")) {
            throw S3Error.INVALID_REQUEST.saying(
                    "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.");
        }
        return new DeclaredDigests(md5, checksum, algorithm);
    }

    /** Reads Content-MD5 only. */
    public static DeclaredDigests ofMd5(Headers headers) {
        return new DeclaredDigests(md5(headers.first("Content-MD5")), null, null);
    }

    /** Whether the client vouches for the bytes at all. */
    public boolean any() {
        return md5 != null || algorithm != null;
    }

    /** The algorithm to compute: the client's, or the one S3 takes where the client names none. */
    public ChecksumAlgorithm algorithmOrDefault() {
        return algorithm == null ? ChecksumAlgorithm.CRC64NVME : algorithm;
    }

    /**
     * Compares what was said with what came.
     *
     * @param trailers the trailers in lower case, complete
     */
    public void verify(byte[] actualMd5, Checksum actual, Map<String, String> trailers) {
        if (md5 != null && !MessageDigest.isEqual(md5, actualMd5)) {
            throw S3Error.BAD_DIGEST
                    .with("ExpectedDigest", HexFormat.of().formatHex(md5))
                    .with("CalculatedDigest", Base64.getEncoder().encodeToString(actualMd5));
        }
        if (algorithm == null) {
            return;
        }
        var due = checksum == null ? trailing(algorithm, trailers) : checksum;
        if (!due.value().equals(actual.value())) {
            throw S3Error.BAD_DIGEST.saying(
                    "The " + algorithm + " you specified did not match the calculated checksum.");
        }
    }

    private static byte @Nullable [] md5(@Nullable String header) {
        if (header == null) {
            return null;
        }
        var md5 = base64(header);
        if (md5 == null || md5.length != 16) {
            throw S3Error.INVALID_DIGEST.with("Content-MD5", header);
        }
        return md5;
    }

    private static @Nullable Checksum checksum(Headers headers) {
        Checksum found = null;
        for (var field : headers) {
            if (ChecksumAlgorithm.isUnsupportedHeader(field.name())) {
                throw S3Error.unsupportedHeader(field.name());
            }
            var algorithm = ChecksumAlgorithm.ofHeader(field.name());
            if (algorithm == null) {
                continue;
            }
            if (found != null) {
                throw S3Error.INVALID_REQUEST.saying(
                        "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
            }
            found = parse(algorithm, field.value(), "header");
        }
        return found;
    }

    private static @Nullable ChecksumAlgorithm trailer(@Nullable String names) {
        if (names == null) {
            return null;
        }
        for (var name : names.split(",")) {
            var algorithm = ChecksumAlgorithm.ofHeader(name.strip());
            if (algorithm != null) {
                return algorithm;
            }
        }
        throw S3Error.INVALID_REQUEST.saying("The value specified in the x-amz-trailer header is not supported");
    }

    private static Checksum trailing(ChecksumAlgorithm algorithm, Map<String, String> trailers) {
        var value = trailers.get(algorithm.header());
        if (value == null) {
            throw S3Error.MALFORMED_TRAILER.error();
        }
        return parse(algorithm, value, "trailing header");
    }

    private static Checksum parse(ChecksumAlgorithm algorithm, String value, String place) {
        var bytes = base64(value.strip());
        if (bytes == null || bytes.length != algorithm.bytes()) {
            throw S3Error.INVALID_REQUEST.saying("Value for " + algorithm.header() + " " + place + " is invalid.");
        }
        return Checksum.fullObject(algorithm, bytes);
    }

    private static byte @Nullable [] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
