package dev.ruststack.emulator.aws;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * The body of a call as the client meant it: {@code aws-chunked} framing removed, chunk signatures and the signed hash
 * checked while it is read. A failed check throws an {@link AwsException} from {@code read}, before the end of the
 * stream is reported: what was read up to there must then be thrown away.
 */
public interface Payload {
    /** The number of bytes that {@link #stream} gives; -1 where the client did not say. */
    long length();

    /** The bytes; always the same stream. */
    InputStream stream();

    /** The trailing headers in lower case; complete once the stream has ended, empty before. */
    Map<String, String> trailers();

    /**
     * Reads the whole body into memory.
     *
     * @throws AwsException {@code tooLarge} where it is longer than {@code limit} bytes
     */
    default byte[] bytes(int limit, AwsException tooLarge) throws IOException {
        if (length() > limit) {
            throw tooLarge;
        }
        var bytes = stream().readNBytes(limit + 1);
        if (bytes.length > limit) {
            throw tooLarge;
        }
        return bytes;
    }
}
