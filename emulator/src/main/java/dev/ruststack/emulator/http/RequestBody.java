package dev.ruststack.emulator.http;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/**
 * The body of a request as it arrives. Nothing is buffered beyond the connection's water mark: while the handler does
 * not read, the sender is held back. The first read sends {@code 100 Continue} where the client waits for one.
 */
public interface RequestBody {
    /** The length in bytes that the client announced; -1 where it sends chunks. */
    long length();

    /**
     * The bytes, blocking until they arrive; always the same stream. Throws {@link java.io.EOFException} where the
     * client closes early and {@link java.net.SocketTimeoutException} where it stalls.
     */
    InputStream stream();

    /** The trailer fields of a chunked body: empty until the stream has ended. */
    default Headers trailers() {
        return Headers.empty();
    }

    /** A body held in memory, for requests that do not come from the wire. */
    static RequestBody of(byte[] bytes) {
        var stream = new ByteArrayInputStream(bytes);
        return new RequestBody() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public InputStream stream() {
                return stream;
            }
        };
    }
}
