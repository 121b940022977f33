package dev.ruststack.operator.seed;

import java.util.List;

/**
 * What is known of a seed bundle without its bytes, which are made when someone needs them ({@link SeedFile}): a gzip of
 * one JSON document with the seeding part of the resource and the content of all it refers to. The same declaration
 * gives the same bytes.
 *
 * @param revision {@code sha256:} and the hash of the document in canonical form
 * @param sha256 the hash of the gzip, in hexadecimal
 * @param bytes size of the gzip
 * @param pieces the hash of each piece of at most {@link #PIECE} bytes, in their order; at least one
 */
public record SeedBundle(String revision, String sha256, long bytes, List<String> pieces) implements SeedResult {
    /** Largest bundle, in bytes. */
    public static final int LARGEST = 64 << 20;

    /** What one unpacks to at most, in bytes: the emulator takes no more. */
    public static final long LARGEST_DOCUMENT = 256L << 20;

    /** Largest piece, in bytes: a Secret holds 1 MiB. */
    public static final int PIECE = 900 << 10;

    public SeedBundle {
        pieces = List.copyOf(pieces);
    }

    /** The hash that a piece has, from its bytes. */
    public static String sha256(byte[] piece) {
        var digest = PieceDigests.newDigest();
        digest.update(piece);
        return PieceDigests.hexadecimal(digest);
    }
}
