package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.s3.S3Error;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The parts of a multipart body, one after the other, each as a stream of its own; holds no more than a buffer. A body
 * that ends within a part is {@link S3Error#MALFORMED_POST_REQUEST}. RFC 2046, section 5.1.
 */
final class PartStream extends InputStream {
    private static final int BUFFER = 64 * 1024;
    private static final int MAX_HEADERS = 8 * 1024;

    private final InputStream in;
    private final byte[] delimiter;
    private final byte[] buffer = new byte[BUFFER];
    private int from;
    private int to;
    private boolean ended;

    PartStream(InputStream in, String boundary) {
        this.in = in;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        // The first boundary has no line before it.
        buffer[to++] = '\r';
        buffer[to++] = '\n';
    }

    /** Goes on to the next part, over what is left of this one; false where there is none. */
    boolean next() throws IOException {
        var waste = new byte[8192];
        while (read(waste, 0, waste.length) >= 0) {
            // Nothing of it counts.
        }
        from += delimiter.length;
        fill(2);
        return to - from < 2 || buffer[from] != '-' || buffer[from + 1] != '-';
    }

    /** The header lines of the part that was just begun. */
    String headers() throws IOException {
        var lines = new StringBuilder();
        while (lines.length() <= MAX_HEADERS) {
            fill(1);
            if (from == to) {
                break;
            }
            lines.append((char) (buffer[from++] & 0xFF));
            int length = lines.length();
            if (length >= 4 && lines.substring(length - 4).equals("\r\n\r\n")) {
                return new String(lines.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
                        .strip();
            }
        }
        throw S3Error.MALFORMED_POST_REQUEST.error();
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        fill(delimiter.length);
        int boundary = boundary(length);
        if (boundary == from) {
            return -1;
        }
        int safe = boundary > from ? boundary : to - delimiter.length + 1;
        if (safe <= from) {
            throw S3Error.MALFORMED_POST_REQUEST.error();
        }
        int count = Math.min(length, safe - from);
        System.arraycopy(buffer, from, bytes, offset, count);
        from += count;
        return count;
    }

    /** Where the next boundary begins within so many bytes of what is there; -1 where there is none. */
    private int boundary(int length) {
        int last = Math.min(to - delimiter.length, from + length);
        for (int i = from; i <= last; i++) {
            if (buffer[i] == '\r' && isBoundary(i)) {
                return i;
            }
        }
        return -1;
    }

    private boolean isBoundary(int at) {
        for (int i = 1; i < delimiter.length; i++) {
            if (buffer[at + i] != delimiter[i]) {
                return false;
            }
        }
        return true;
    }

    /** Has at least so many bytes in the buffer, unless the body ends before. */
    private void fill(int least) throws IOException {
        if (to - from >= least || ended) {
            return;
        }
        System.arraycopy(buffer, from, buffer, 0, to - from);
        to -= from;
        from = 0;
        while (to < least && !ended) {
            int count = in.read(buffer, to, buffer.length - to);
            ended = count < 0;
            to += Math.max(count, 0);
        }
    }
}
