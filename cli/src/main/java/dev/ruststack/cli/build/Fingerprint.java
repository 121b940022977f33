package dev.ruststack.cli.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 over a sequence of values; each is preceded by its length, so that no two sequences look the same. */
final class Fingerprint {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final MessageDigest digest = sha256();

    Fingerprint add(String text) {
        return add(text.getBytes(UTF_8));
    }

    Fingerprint add(byte[] bytes) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
        return this;
    }

    /** Closes the sequence: the fingerprint in lower-case hexadecimal. */
    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The SHA-256 of a file, in lower-case hexadecimal. */
    static String of(Path file) throws IOException {
        var digest = sha256();
        var buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
