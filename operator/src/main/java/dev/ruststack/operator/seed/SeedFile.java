package dev.ruststack.operator.seed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** The bytes of a bundle in a file that has no name any more: it is gone when this is closed, or its process ends. */
public final class SeedFile implements AutoCloseable {
    private final SeedBundle bundle;
    private final FileChannel file;

    SeedFile(SeedBundle bundle, FileChannel file) {
        this.bundle = bundle;
        this.file = file;
    }

    public SeedBundle bundle() {
        return bundle;
    }

    /** The whole gzip from its beginning, each time anew; nothing needs to be closed but the file itself. */
    public InputStream stream() {
        return new Reading();
    }

    /** The bytes of one piece, counted from 0. */
    public byte[] piece(int number) {
        var from = (long) number * SeedBundle.PIECE;
        var piece = ByteBuffer.allocate((int) Math.min(SeedBundle.PIECE, bundle.bytes() - from));
        try {
            while (piece.hasRemaining()) {
                if (file.read(piece, from + piece.position()) < 0) {
                    throw new IOException("the seed's file has been cut short");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return piece.array();
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Reading extends InputStream {
        private long position;

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            var count = file.read(ByteBuffer.wrap(bytes, offset, length), position);
            position += Math.max(count, 0);
            return count;
        }
    }
}
