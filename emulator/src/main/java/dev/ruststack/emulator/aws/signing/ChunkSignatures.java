package dev.ruststack.emulator.aws.signing;

/**
 * The chain of signatures of an {@code aws-chunked} body: each chunk's covers the one before. AWS: S3 API Reference,
 * Signature calculations for the Authorization header: transferring payload in multiple chunks.
 */
final class ChunkSignatures {
    private final SigningKey key;
    private final Signature signature;
    private String previous;

    ChunkSignatures(SigningKey key, Signature signature) {
        this.key = key;
        this.signature = signature;
        this.previous = signature.signature();
    }

    /** Whether this is the signature of the next chunk, whose data has this SHA-256. */
    boolean chunk(String given, byte[] sha256) {
        return matches(given, "AWS4-HMAC-SHA256-PAYLOAD", Digests.EMPTY_SHA256 + "\n" + Digests.hex(sha256));
    }

    /** Whether this is the signature of the trailer, which is {@code name:value\n} for each line. */
    boolean trailer(String given, String canonicalTrailer) {
        return matches(given, "AWS4-HMAC-SHA256-TRAILER", Digests.sha256Hex(canonicalTrailer));
    }

    private boolean matches(String given, String algorithm, String last) {
        var expected = key.sign(
                algorithm + "\n" + signature.timestamp() + "\n" + signature.scope() + "\n" + previous + "\n" + last);
        previous = expected;
        return Digests.same(expected, given);
    }
}
