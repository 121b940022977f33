package dev.ruststack.operator.seed;

import dev.ruststack.crds.RustStackSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * Everything the emulator needs to bring the declared items about: a gzip of one JSON document with the seeding part of
 * the resource and the content of all it refers to. The same declaration gives the same bytes.
 *
 * @param revision {@code sha256:} and the hash of the document in canonical form
 * @param sha256 the hash of {@code gzip}, in hexadecimal
 * @param gzip the bytes; shared, not to be written to
 */
public record SeedBundle(String revision, String sha256, byte[] gzip) implements SeedResult {
    /** Largest bundle, in bytes. */
    public static final int LARGEST = 64 << 20;

    /** Largest piece, in bytes: a Secret holds 1 MiB. */
    public static final int PIECE = 900 << 10;

    /**
     * The bundle of a stack.
     *
     * @param stackName the resource's name
     * @param content data of the objects that exist of those that {@link References} names; what is missing is left out,
     *     and the emulator says so at the item that asks for it
     */
    public static SeedResult of(
            String stackName, RustStackSpec spec, Map<Reference.Target, Map<String, byte[]>> content) {
        var document = new SeedDocument(stackName, spec, References.of(spec).select(content));
        var gzip = gzip(document.bytes());
        return gzip.length > LARGEST
                ? new SeedResult.TooLarge(gzip.length, LARGEST)
                : new SeedBundle(document.revision(), SeedDocument.sha256(gzip), gzip);
    }

    /** The bytes in pieces of at most {@link #PIECE}, at least one. */
    public List<byte[]> pieces() {
        var pieces = new ArrayList<byte[]>();
        for (int from = 0; from < gzip.length; from += PIECE) {
            pieces.add(Arrays.copyOfRange(gzip, from, Math.min(gzip.length, from + PIECE)));
        }
        return pieces;
    }

    private static byte[] gzip(byte[] bytes) {
        var compressed = new ByteArrayOutputStream();
        // The JDK's header has no time and no name: the same bytes give the same gzip.
        try (var gzip = new GZIPOutputStream(compressed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SeedBundle bundle && sha256.equals(bundle.sha256);
    }

    @Override
    public int hashCode() {
        return sha256.hashCode();
    }

    @Override
    public String toString() {
        return "SeedBundle[" + revision + ", " + gzip.length + " bytes]";
    }
}
