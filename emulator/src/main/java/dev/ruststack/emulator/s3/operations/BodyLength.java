package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.s3.S3Error;

/** The length of what is taken in by one request: it is given ahead, and bounded. */
final class BodyLength {
    private static final long MAX_BYTES = 5L << 30;

    private BodyLength() {}

    /**
     * Refuses a body that is too long, or of which the length is not given.
     *
     * @param length of the payload; negative where it is not known
     */
    static void check(long length, Headers headers) {
        if (length < 0 && !headers.has("Content-Length") && !headers.has("x-amz-decoded-content-length")) {
            throw headers.has("Transfer-Encoding")
                    ? S3Error.unsupportedHeader("Transfer-Encoding")
                    : S3Error.MISSING_CONTENT_LENGTH.error();
        }
        if (length == 0 && !headers.has("Content-Length") && !headers.has("Transfer-Encoding")) {
            throw S3Error.MISSING_CONTENT_LENGTH.error();
        }
        if (length > MAX_BYTES) {
            throw S3Error.ENTITY_TOO_LARGE
                    .with("ProposedSize", Long.toString(length))
                    .with("MaxSizeAllowed", Long.toString(MAX_BYTES));
        }
    }
}
