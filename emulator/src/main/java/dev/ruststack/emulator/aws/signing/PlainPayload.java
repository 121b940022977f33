package dev.ruststack.emulator.aws.signing;

import dev.ruststack.emulator.aws.Payload;
import java.io.InputStream;
import java.util.Map;

/** A body without framing. */
record PlainPayload(long length, InputStream stream) implements Payload {
    @Override
    public Map<String, String> trailers() {
        return Map.of();
    }
}
