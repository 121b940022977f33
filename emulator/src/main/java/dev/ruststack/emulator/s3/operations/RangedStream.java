package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.s3.S3Error;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A file whose size must be within a range: {@code read} throws as soon as it is not. */
final class RangedStream extends FilterInputStream {
    private final long least;
    private final long most;
    private long count;

    RangedStream(InputStream in, long least, long most) {
        super(in);
        this.least = least;
        this.most = most;
    }

    @Override
    public int read() throws IOException {
        int next = in.read();
        counted(next < 0 ? -1 : 1);
        return next;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return counted(in.read(bytes, offset, length));
    }

    private int counted(int read) {
        if (read < 0 && count < least) {
            throw S3Error.ENTITY_TOO_SMALL
                    .with("ProposedSize", Long.toString(count))
                    .with("MinSizeAllowed", Long.toString(least));
        }
        count += Math.max(read, 0);
        if (count > most) {
            throw S3Error.ENTITY_TOO_LARGE
                    .with("ProposedSize", Long.toString(count))
                    .with("MaxSizeAllowed", Long.toString(most));
        }
        return read;
    }
}
