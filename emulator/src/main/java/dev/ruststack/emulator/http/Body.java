package dev.ruststack.emulator.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The body of a response. Whoever holds one either sends it, which closes it, or calls {@link #close}.
 */
public sealed interface Body extends AutoCloseable {
    /** The length in bytes; -1 where it is not known before it is written (the response is then chunked). */
    long length();

    @Override
    default void close() throws IOException {}

    /** No bytes. */
    static Body empty() {
        return Bytes.EMPTY;
    }

    static Body of(byte[] bytes) {
        return new Bytes(bytes, 0, bytes.length);
    }

    static Body of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A range of an array, sent without a copy: the array must not change. */
    record Bytes(byte[] array, int offset, int size) implements Body {
        private static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

        @Override
        public long length() {
            return size;
        }
    }

    /** A range of an open file, sent by the kernel where the connection is plain. Owns the channel. */
    record FileRange(FileChannel file, long offset, long length) implements Body {
        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    /** Bodies one after the other. */
    record Sequence(List<Body> parts) implements Body {
        public Sequence {
            parts = List.copyOf(parts);
        }

        @Override
        public long length() {
            long sum = 0;
            for (var part : parts) {
                if (part.length() < 0) {
                    return -1;
                }
                sum += part.length();
            }
            return sum;
        }

        @Override
        public void close() throws IOException {
            IOException failure = null;
            for (var part : parts) {
                try {
                    part.close();
                } catch (IOException e) {
                    failure = e;
                }
            }
            if (failure != null) {
                throw failure;
            }
        }
    }

    /** Opened when its turn comes: of many in a {@link Sequence} one is open at a time. */
    record Deferred(Source source, long length) implements Body {
        @Override
        public void close() throws IOException {
            source.close();
        }
    }

    /** Where a deferred body comes from. */
    interface Source {
        /** The body, for the caller to send and close. */
        Body open() throws IOException;

        /** Frees what the source holds; called once the body is sent, and also where it never is. */
        default void close() throws IOException {}
    }

    /**
     * Bytes that {@code writer} produces on the request's virtual thread. Writing blocks while the client is slow and
     * throws where it has gone. Where the writer throws, the connection is closed: the client sees a cut body.
     */
    record Written(Writer writer, long length) implements Body {
        @Override
        public void close() throws IOException {
            writer.close();
        }
    }

    /** Writes a body. Flushing the stream sends what was written so far. */
    @FunctionalInterface
    interface Writer {
        void writeTo(OutputStream out) throws IOException;

        /** Frees what the writer holds; called once the body is sent, and also where it never is. */
        default void close() throws IOException {}
    }
}
