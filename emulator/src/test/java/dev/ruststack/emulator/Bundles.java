package dev.ruststack.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/** Makes seed bundles as the operator does. */
final class Bundles {
    private Bundles() {}

    /** A bundle of {@code spec} in JSON, and references in JSON without the brackets of their list. */
    static byte[] bundle(String revision, String spec, String... references) {
        return gzip("""
                {"revision": "sha256:%s",
                 "stack": {"apiVersion": "ruststack.dev/v1alpha1", "kind": "RustStack", "metadata": {"name": "shop"},
                           "spec": %s},
                 "references": [%s]}""".formatted(revision, spec, String.join(",", references)));
    }

    static String reference(String kind, String name, String key, byte[] content) {
        return "{\"kind\": \"%s\", \"name\": \"%s\", \"data\": {\"%s\": \"%s\"}}"
                .formatted(kind, name, key, Base64.getEncoder().encodeToString(content));
    }

    static byte[] gzip(String text) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    /** Writes the index of a bundle and its pieces as files. */
    static void mount(Path directory, byte[] bundle, int pieces) throws Exception {
        int size = (bundle.length + pieces - 1) / pieces;
        for (int piece = 0; piece < pieces; piece++) {
            Files.write(
                    directory.resolve("bundle.%03d".formatted(piece)),
                    Arrays.copyOfRange(bundle, piece * size, Math.min(bundle.length, (piece + 1) * size)));
        }
        var sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bundle));
        Files.writeString(
                directory.resolve("seed.json"),
                "{\"revision\": \"sha256:0\", \"pieces\": %d, \"sha256\": \"%s\"}".formatted(pieces, sha256));
    }
}
