package dev.ruststack.emulator.http;

import io.netty.buffer.ByteBuf;

/** Takes the bytes of one request body out of a connection. Confined to one event loop. */
sealed interface BodyDecoder permits BodyDecoder.Fixed, ChunkDecoder {
    /**
     * Moves what belongs to the body out of {@code in}, without a copy; the bytes after its end stay.
     *
     * @return whether the body is complete
     */
    boolean decode(ByteBuf in, IncomingBody body) throws MalformedRequest;

    /** The least number of bytes that are still to come; 0 where that is unknown. */
    long outstanding();

    static BodyDecoder of(RequestHead head, int maxTrailerBytes) {
        return head.contentLength() < 0 ? new ChunkDecoder(maxTrailerBytes) : new Fixed(head.contentLength());
    }

    /** A body of a length that was announced. */
    final class Fixed implements BodyDecoder {
        private long remaining;

        Fixed(long length) {
            this.remaining = length;
        }

        @Override
        public boolean decode(ByteBuf in, IncomingBody body) {
            int size = (int) Math.min(remaining, in.readableBytes());
            if (size > 0) {
                remaining -= size;
                body.offer(in.readRetainedSlice(size));
            }
            if (remaining == 0) {
                body.end(Headers.empty());
            }
            return remaining == 0;
        }

        @Override
        public long outstanding() {
            return remaining;
        }
    }
}
