package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.s3.S3Error;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Where the next page of a list begins: opaque to clients, and checked, so that a made-up one is refused. */
final class ContinuationToken {
    private ContinuationToken() {}

    /** The token of a page that begins after this name. */
    static String after(String name) {
        var bytes = name.getBytes(StandardCharsets.UTF_8);
        var token = ByteBuffer.allocate(4 + bytes.length).putInt(crc(bytes)).put(bytes);
        return Base64.getEncoder().encodeToString(token.array());
    }

    /** The name in a token, or null where there is none; a token of ours only, else {@link S3Error#INVALID_ARGUMENT}. */
    static @Nullable String parse(@Nullable String token) {
        if (token == null) {
            return null;
        }
        var bytes = decoded(token);
        if (bytes.length <= 4) {
            throw incorrect();
        }
        var name = new byte[bytes.length - 4];
        if (ByteBuffer.wrap(bytes).get(4, name).getInt() != crc(name)) {
            throw incorrect();
        }
        return new String(name, StandardCharsets.UTF_8);
    }

    private static byte[] decoded(String token) {
        try {
            return Base64.getDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            throw incorrect();
        }
    }

    private static RuntimeException incorrect() {
        return S3Error.INVALID_ARGUMENT
                .saying("The continuation token provided is incorrect")
                .with("ArgumentName", "continuation-token");
    }

    private static int crc(byte[] bytes) {
        var crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
