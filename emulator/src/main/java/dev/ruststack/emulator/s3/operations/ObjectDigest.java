package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.s3.Checksum;
import dev.ruststack.emulator.s3.ChecksumAlgorithm;
import dev.ruststack.emulator.s3.S3Error;
import org.jspecify.annotations.Nullable;

/**
 * What a client says of an object that is made without its bytes being sent again.
 *
 * @param value in base64, with or without the number of parts of a composite checksum
 */
record ObjectDigest(ChecksumAlgorithm algorithm, String value) {
    /** Reads the one checksum header that there may be. */
    static @Nullable ObjectDigest of(Headers headers) {
        ObjectDigest found = null;
        for (var algorithm : ChecksumAlgorithm.values()) {
            var value = headers.first(algorithm.header());
            if (value != null) {
                if (found != null) {
                    throw S3Error.INVALID_REQUEST.saying(
                            "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
                }
                found = new ObjectDigest(algorithm, value.strip());
            }
        }
        return found;
    }

    /** Throws {@link S3Error#BAD_DIGEST} where the object's checksum is another. */
    void verify(Checksum actual) {
        if (algorithm != actual.algorithm()) {
            throw S3Error.INVALID_REQUEST.saying("The upload was created using the " + actual.algorithm()
                    + " checksum algorithm, and the complete request has a checksum of " + algorithm + ".");
        }
        var withoutCount = actual.value().replaceFirst("-\\d+$", "");
        if (!value.equals(actual.value()) && !value.equals(withoutCount)) {
            throw S3Error.BAD_DIGEST.saying(
                    "The " + algorithm + " you specified did not match the calculated checksum.");
        }
    }
}
