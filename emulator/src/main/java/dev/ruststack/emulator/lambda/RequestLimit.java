package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.aws.Payload;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * How long the request of an operation may be. Checked against the announced length and while the body is read, so that
 * a larger one is never held. AWS: Lambda Developer Guide, Lambda quotas.
 *
 * @param operation the operation's name, for the error
 * @param bytes the limit
 */
record RequestLimit(String operation, int bytes) {
    /** Base64 of a deployment package of 50 MB, with room for the rest. */
    private static final int WITH_CODE = 70_167_211;

    /** 4 KB of environment and what surrounds it. */
    private static final int CONFIGURATION = 5_120;

    private static final int OTHER = 1_048_576;

    static RequestLimit of(String operation) {
        return new RequestLimit(
                operation,
                switch (operation) {
                    case "CreateFunction", "UpdateFunctionCode" -> WITH_CODE;
                    case "UpdateFunctionConfiguration" -> CONFIGURATION;
                    default -> OTHER;
                });
    }

    /** The bytes of a payload; throws {@code RequestEntityTooLargeException} where they go beyond the limit. */
    InputStream guard(Payload payload) {
        if (payload.length() > bytes) {
            throw exceeded();
        }
        return new FilterInputStream(payload.stream()) {
            private long left = bytes;

            @Override
            public int read() throws IOException {
                int read = super.read();
                count(read < 0 ? 0 : 1);
                return read;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int read = super.read(buffer, offset, length);
                count(Math.max(read, 0));
                return read;
            }

            private void count(int read) {
                left -= read;
                if (left < 0) {
                    throw exceeded();
                }
            }
        };
    }

    private AwsException exceeded() {
        return LambdaError.REQUEST_ENTITY_TOO_LARGE.saying(
                "Request must be smaller than " + bytes + " bytes for the " + operation + " operation");
    }
}
