package dev.ruststack.emulator.seed;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * A seed bundle in pieces, in the files of mounted Secrets: {@code seed.json} names their number and the SHA-256 of all,
 * {@code bundle.000} and so on are the pieces. The kubelet changes the files of one Secret at a time, so that what is
 * there may be half of one bundle and half of another: it is read only where the SHA-256 says that it is whole.
 *
 * @param directory need not exist
 */
public record SeedMount(Path directory) {
    /** Bytes of a piece at least, but for the last one: a Secret holds a little more. */
    private static final int PIECE = 900 << 10;

    private static final int MOST_PIECES = SeedBundle.LARGEST / PIECE + 1;
    private static final int LARGEST_INDEX = 64 * 1024;

    private record Index(
            @Nullable String revision, int pieces, @Nullable String sha256) {}

    /** The bundle; null where it is not there, or not whole. */
    public @Nullable SeedBundle read() throws IOException, InvalidBundleException {
        try {
            var index = index();
            if (index.pieces < 1 || index.pieces > MOST_PIECES) {
                throw new InvalidBundleException("seed.json: a bundle has 1 to " + MOST_PIECES + " pieces");
            }
            var bundle = new ByteArrayOutputStream();
            for (int piece = 0; piece < index.pieces; piece++) {
                bundle.writeBytes(bytes("bundle.%03d".formatted(piece), SeedBundle.LARGEST - bundle.size()));
            }
            var bytes = bundle.toByteArray();
            return sha256(bytes).equals(index.sha256) ? SeedBundle.read(bytes) : null;
        } catch (NoSuchFileException e) {
            return null;
        } catch (JacksonException e) {
            throw new InvalidBundleException("seed.json cannot be read: " + e.getOriginalMessage());
        }
    }

    private Index index() throws IOException, InvalidBundleException {
        return Calls.JSON.readValue(bytes("seed.json", LARGEST_INDEX), Index.class);
    }

    private byte[] bytes(String name, int most) throws IOException, InvalidBundleException {
        try (var in = Files.newInputStream(directory.resolve(name))) {
            var bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new InvalidBundleException(name + " is too large");
            }
            return bytes;
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
