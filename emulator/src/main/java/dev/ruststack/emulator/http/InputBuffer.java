package dev.ruststack.emulator.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** What came from a client and belongs to no request yet: part of a head, or requests sent ahead. */
final class InputBuffer {
    private final HeadParser parser;
    private final ByteBufAllocator allocator;
    private ByteBuf bytes = Unpooled.EMPTY_BUFFER;
    private int scanned;

    InputBuffer(HeadParser parser, ByteBufAllocator allocator) {
        this.parser = parser;
        this.allocator = allocator;
    }

    int size() {
        return bytes.readableBytes();
    }

    boolean isEmpty() {
        return !bytes.isReadable();
    }

    /** The bytes, to take some from the front; {@link #trim} follows. */
    ByteBuf bytes() {
        return bytes;
    }

    /** Takes over a buffer. */
    void append(ByteBuf in) {
        if (isEmpty()) {
            bytes.release();
            bytes = in;
            return;
        }
        int size = in.readableBytes();
        if (bytes.maxFastWritableBytes() < size) {
            var larger = allocator.directBuffer(Math.max(1024, 2 * (size() + size)));
            larger.writeBytes(bytes);
            bytes.release();
            bytes = larger;
        }
        bytes.writeBytes(in);
        in.release();
    }

    /** Takes the next request head; null where it is not complete. */
    @Nullable
    RequestHead nextHead() throws MalformedRequest {
        HeadParser.skipEmptyLines(bytes);
        if (isEmpty()) {
            return null;
        }
        int length = parser.length(bytes, scanned);
        if (length < 0) {
            scanned = Math.max(0, size() - 3);
            return null;
        }
        scanned = 0;
        return parser.parse(bytes, length);
    }

    /** Frees the memory where nothing is left. */
    void trim() {
        if (isEmpty()) {
            drop();
        }
    }

    void drop() {
        bytes.release();
        bytes = Unpooled.EMPTY_BUFFER;
        scanned = 0;
    }
}
