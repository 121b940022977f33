package dev.ruststack.emulator.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.DefaultFileRegion;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sends a response body from the request's virtual thread, which is held back while the client is slow. The head goes
 * with the first bytes, so what fails before them can still be answered.
 */
final class ResponseStream extends OutputStream {
    private static final int BUFFER_SIZE = 32 * 1024;

    /** Room in front of a buffer for the size line of a chunk: at most 8 digits, CR LF. */
    private static final int CHUNK_HEAD = 10;

    private static final byte[] CRLF = {'\r', '\n'};
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Exchange exchange;
    private final ClientChannel client;
    private final ResponseHead head;
    private long remaining;
    private @Nullable ByteBuf buffer;
    private boolean started;
    private boolean finished;

    ResponseStream(Exchange exchange, ResponseHead head) {
        this.exchange = exchange;
        this.client = exchange.client();
        this.head = head;
        this.remaining = head.contentLength() < 0 ? Long.MAX_VALUE : head.contentLength();
    }

    /** Whether the client may have got a part of the response. */
    boolean isStarted() {
        return started;
    }

    void send(Body body) throws IOException {
        switch (body) {
            case Body.Bytes bytes -> write(bytes.array(), bytes.offset(), bytes.size());
            case Body.FileRange range -> sendFile(range);
            case Body.Sequence sequence -> {
                for (var part : sequence.parts()) {
                    send(part);
                }
            }
            case Body.Deferred deferred -> {
                try (var opened = deferred.source().open()) {
                    send(opened);
                }
            }
            case Body.Written written -> written.writer().writeTo(this);
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int size) throws IOException {
        Objects.checkFromIndexSize(offset, size, bytes.length);
        claim(size);
        int from = offset;
        int end = offset + size;
        while (from < end) {
            var target = buffer();
            int count = Math.min(end - from, BUFFER_SIZE + CHUNK_HEAD - target.writerIndex());
            target.writeBytes(bytes, from, count);
            from += count;
            if (target.writerIndex() == BUFFER_SIZE + CHUNK_HEAD) {
                emit();
            }
        }
    }

    /** Sends what was written so far. */
    @Override
    public void flush() throws IOException {
        if (buffer != null || !started) {
            emit();
        }
    }

    private void claim(long size) throws IOException {
        if (finished) {
            throw new IOException("the response is complete");
        }
        if (size > remaining) {
            throw new IOException("more bytes than the Content-Length of " + head.contentLength());
        }
        remaining -= head.contentLength() < 0 ? 0 : size;
    }

    private ByteBuf buffer() {
        var present = buffer;
        if (present == null) {
            present = client.channel().alloc().directBuffer(CHUNK_HEAD + BUFFER_SIZE + CRLF.length + LAST_CHUNK.length);
            present.writerIndex(CHUNK_HEAD).readerIndex(CHUNK_HEAD);
            buffer = present;
        }
        return present;
    }

    private void emit() throws IOException {
        var full = buffer;
        buffer = null;
        if (full == null) {
            write(Unpooled.EMPTY_BUFFER);
        } else {
            frame(full);
            write(full);
        }
    }

    /** Makes a chunk of a buffer where the body is chunked. */
    private void frame(ByteBuf full) {
        if (head.chunked()) {
            var size = (Integer.toHexString(full.readableBytes()) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            full.readerIndex(CHUNK_HEAD - size.length);
            full.setBytes(CHUNK_HEAD - size.length, size);
            full.writeBytes(CRLF);
        }
    }

    /** Hands a buffer over, after the head where that has not been sent, and waits while the client is slow. */
    private void write(ByteBuf out) throws IOException {
        if (!started) {
            started = true;
            client.execute(() -> {
                var channel = client.channel();
                channel.write(exchange.encode(head, 0), channel.voidPromise());
            });
        }
        client.channel().writeAndFlush(out, client.channel().voidPromise());
        client.gate().await();
    }

    private void sendFile(Body.FileRange range) throws IOException {
        if (range.length() == 0) {
            return;
        }
        claim(range.length());
        if (!client.canSendFile(range)) {
            copyFile(range);
            return;
        }
        flush();
        if (head.chunked()) {
            write(ascii(Long.toHexString(range.length()) + "\r\n"));
        }
        await(client.channel().writeAndFlush(new DefaultFileRegion(range.file(), range.offset(), range.length())));
        if (head.chunked()) {
            write(ascii("\r\n"));
        }
    }

    private static ByteBuf ascii(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void await(ChannelFuture sent) throws IOException {
        try {
            sent.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while sending a response");
        }
        if (!sent.isSuccess()) {
            throw new IOException("a file could not be sent", sent.cause());
        }
    }

    private void copyFile(Body.FileRange range) throws IOException {
        long position = range.offset();
        long end = position + range.length();
        while (position < end) {
            var target = buffer();
            int room = BUFFER_SIZE + CHUNK_HEAD - target.writerIndex();
            int count = target.writeBytes(range.file(), position, (int) Math.min(room, end - position));
            if (count < 0) {
                throw new EOFException("the file ends before " + end);
            }
            position += count;
            if (target.writerIndex() == BUFFER_SIZE + CHUNK_HEAD) {
                emit();
            }
        }
    }

    /** Completes the body; throws where it is shorter than announced. */
    void finish() throws IOException {
        if (head.contentLength() >= 0 && remaining != 0) {
            throw new IOException(remaining + " bytes less than the Content-Length of " + head.contentLength());
        }
        finished = true;
        var last = buffer;
        buffer = null;
        if (last != null) {
            frame(last);
        }
        if (head.chunked()) {
            last = last == null ? Unpooled.wrappedBuffer(LAST_CHUNK) : last.writeBytes(LAST_CHUNK);
        }
        if (last != null || !started) {
            write(last == null ? Unpooled.EMPTY_BUFFER : last);
        }
        client.execute(exchange::finish);
    }

    /** Drops what was not handed over. */
    void discard() {
        finished = true;
        if (buffer != null) {
            buffer.release();
            buffer = null;
        }
    }
}
