package dev.ruststack.emulator.aws.signing;

import dev.ruststack.emulator.aws.Payload;
import java.util.Map;

/** A body whose {@code aws-chunked} framing is taken off while it is read. */
record ChunkedPayload(long length, AwsChunkedInputStream stream) implements Payload {
    @Override
    public Map<String, String> trailers() {
        return stream.trailers();
    }
}
