package dev.ruststack.emulator.s3;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/** Makes the extended request id, {@code x-amz-id-2}: 76 characters of base64 that tell the host and the request. */
final class HostId {
    private final String host;

    HostId() {
        var bytes = new byte[39];
        ThreadLocalRandom.current().nextBytes(bytes);
        this.host = Base64.getEncoder().encodeToString(bytes);
    }

    String of(String requestId) {
        return host + Base64.getEncoder().encodeToString(requestId.getBytes(StandardCharsets.US_ASCII));
    }
}
