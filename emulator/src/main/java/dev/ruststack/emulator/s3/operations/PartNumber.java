package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.s3.S3Error;

/** The number of a part. AWS: S3 User Guide, Amazon S3 multipart upload limits. */
final class PartNumber {
    static final int MAX = 10_000;

    private PartNumber() {}

    /** Refuses a number that no part can have. */
    static int checked(int number) {
        if (number < 1 || number > MAX) {
            throw S3Error.invalidArgument(
                    "Part number must be an integer between 1 and 10000, inclusive",
                    "partNumber",
                    Integer.toString(number));
        }
        return number;
    }
}
