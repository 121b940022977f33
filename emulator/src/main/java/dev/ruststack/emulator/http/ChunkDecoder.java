package dev.ruststack.emulator.http;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** A chunked body (RFC 9112 7.1). Chunk extensions are read over; trailers are kept. */
final class ChunkDecoder implements BodyDecoder {
    private static final int MAX_SIZE_LINE = 4096;
    private static final int MAX_SIZE_DIGITS = 15;

    private enum State {
        SIZE,
        DATA,
        DATA_END,
        TRAILER
    }

    private final int maxTrailerBytes;
    private final Headers.Builder trailers = Headers.builder();
    private final StringBuilder line = new StringBuilder();
    private State state = State.SIZE;
    private boolean carriageReturn;
    private int trailerBytes;
    private long remaining;

    ChunkDecoder(int maxTrailerBytes) {
        this.maxTrailerBytes = maxTrailerBytes;
    }

    @Override
    public boolean decode(ByteBuf in, IncomingBody body) throws MalformedRequest {
        while (in.isReadable()) {
            switch (state) {
                case SIZE -> {
                    if (readLine(in, MAX_SIZE_LINE)) {
                        remaining = size();
                        state = remaining == 0 ? State.TRAILER : State.DATA;
                    }
                }
                case DATA -> {
                    int size = (int) Math.min(remaining, in.readableBytes());
                    remaining -= size;
                    body.offer(in.readRetainedSlice(size));
                    state = remaining == 0 ? State.DATA_END : State.DATA;
                }
                case DATA_END -> {
                    if (readLine(in, 0)) {
                        state = State.SIZE;
                    }
                }
                case TRAILER -> {
                    if (readLine(in, maxTrailerBytes - trailerBytes)) {
                        if (line.isEmpty()) {
                            body.end(trailers.build());
                            return true;
                        }
                        trailer();
                    }
                }
            }
        }
        return false;
    }

    @Override
    public long outstanding() {
        return remaining;
    }

    /** Reads on to the next CR LF; whether the line is complete. Whoever takes the line clears it. */
    private boolean readLine(ByteBuf in, int limit) throws MalformedRequest {
        while (in.isReadable()) {
            byte b = in.readByte();
            if (carriageReturn) {
                if (b != '\n') {
                    throw new MalformedRequest(400, "malformed chunk");
                }
                carriageReturn = false;
                return true;
            }
            if (b == '\r') {
                carriageReturn = true;
            } else if (line.length() >= limit || (b >= 0 && b < ' ' && b != '\t') || b == 0x7f) {
                throw new MalformedRequest(400, "malformed chunk");
            } else {
                line.append((char) (b & 0xff));
            }
        }
        return false;
    }

    private long size() throws MalformedRequest {
        long size = 0;
        int digits = 0;
        while (digits < line.length() && Character.digit(line.charAt(digits), 16) >= 0) {
            size = size << 4 | Character.digit(line.charAt(digits), 16);
            digits++;
        }
        if (digits == 0 || digits > MAX_SIZE_DIGITS || (digits < line.length() && line.charAt(digits) != ';')) {
            throw new MalformedRequest(400, "malformed chunk size");
        }
        line.setLength(0);
        return size;
    }

    private void trailer() throws MalformedRequest {
        var bytes = line.toString().getBytes(StandardCharsets.ISO_8859_1);
        int colon = line.indexOf(":");
        if (colon <= 0 || !HeadText.isToken(bytes, 0, colon)) {
            throw new MalformedRequest(400, "malformed trailer");
        }
        trailerBytes += bytes.length;
        var value = new HeadText().decode(bytes, colon + 1, bytes.length).strip();
        trailers.add(line.substring(0, colon), value);
        line.setLength(0);
    }
}
