package dev.ruststack.emulator.aws;

import java.time.Instant;
import java.util.List;

/** Why a request's signature, or the framing of its body, does not hold; each service's {@link Protocol} has its own error for each. */
public sealed interface AuthFailure {
    /** The header or query is there but cannot be understood; {@code text} says what is wrong with it. */
    record Malformed(boolean inQuery, String text) implements AuthFailure {}

    /** Nothing is signed where a signature is needed. */
    record Missing() implements AuthFailure {}

    /** The access key is not one of the stack's. */
    record UnknownKey(String accessKeyId) implements AuthFailure {}

    /** The signature is not the one we compute. */
    record Mismatch(String accessKeyId, String signature, String stringToSign, String canonicalRequest)
            implements AuthFailure {}

    /** The clock of the client is more than 15 minutes away. */
    record Skewed(String requestTime, Instant serverTime) implements AuthFailure {}

    /** A presigned URL after its time; {@code seconds} is how long it was to hold, 0 where it does not say. */
    record Expired(long seconds, Instant expires, Instant serverTime) implements AuthFailure {}

    /** Headers that must be signed are not. */
    record Unsigned(List<String> headers) implements AuthFailure {}

    /** The body is not the one whose SHA-256 was signed; both in hex. */
    record PayloadHashMismatch(String signed, String calculated) implements AuthFailure {}

    /** A chunk or trailer signature is not the one we compute. */
    record ChunkMismatch(String accessKeyId) implements AuthFailure {}

    /** The {@code aws-chunked} framing is broken. */
    record MalformedChunk(String text) implements AuthFailure {}

    /** The body ended before, or went on after, the length the client announced. */
    record IncompleteBody(long announced, long received) implements AuthFailure {}

    /** A signature version that AWS no longer takes. */
    record UnsupportedMechanism(String mechanism) implements AuthFailure {}
}
