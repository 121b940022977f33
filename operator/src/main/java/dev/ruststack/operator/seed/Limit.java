package dev.ruststack.operator.seed;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serial;

/** Fails as soon as more is written than may be. */
final class Limit extends FilterOutputStream {
    private final long limit;
    private long written;

    /** More was written. */
    static final class ExceededException extends IOException {
        @Serial
        private static final long serialVersionUID = 1;

        private final long limit;

        ExceededException(long limit) {
            super("more than " + limit + " bytes");
            this.limit = limit;
        }

        long limit() {
            return limit;
        }
    }

    Limit(OutputStream out, long limit) {
        super(out);
        this.limit = limit;
    }

    @Override
    public void write(int oneByte) throws IOException {
        count(1);
        out.write(oneByte);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        count(length);
        out.write(bytes, offset, length);
    }

    private void count(int more) throws IOException {
        written += more;
        if (written > limit) {
            throw new ExceededException(limit);
        }
    }
}
