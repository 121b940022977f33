package dev.ruststack.operator.seed;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Hashes what is written through it, as a whole and in pieces of {@link SeedBundle#PIECE}. */
final class PieceDigests extends FilterOutputStream {
    private final MessageDigest whole = newDigest();
    private final MessageDigest piece = newDigest();
    private final List<String> pieces = new ArrayList<>();
    private long bytes;
    private int inPiece;

    PieceDigests(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int oneByte) throws IOException {
        write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        out.write(source, offset, length);
        whole.update(source, offset, length);
        bytes += length;
        for (int from = offset, left = length; left > 0; ) {
            var part = Math.min(left, SeedBundle.PIECE - inPiece);
            piece.update(source, from, part);
            from += part;
            left -= part;
            inPiece += part;
            if (inPiece == SeedBundle.PIECE) {
                finishPiece();
            }
        }
    }

    private void finishPiece() {
        pieces.add(hexadecimal(piece));
        inPiece = 0;
    }

    long bytes() {
        return bytes;
    }

    /** The hash of everything; to be asked for once, at the end. */
    String sha256() {
        return hexadecimal(whole);
    }

    /** The hash of every piece; to be asked for once, at the end. */
    List<String> pieces() {
        if (inPiece > 0) {
            finishPiece();
        }
        return List.copyOf(pieces);
    }

    static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Ends the digest, which begins anew. */
    static String hexadecimal(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
