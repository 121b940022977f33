package dev.ruststack.emulator.http;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * Parses request heads. Strict where leniency lets two servers read one byte stream differently: line ends are CR LF,
 * no folded lines, no space around field names. AWS sets nothing here: RFC 9112. Confined to one event loop.
 */
final class HeadParser {
    private static final byte CR = '\r';
    private static final byte LF = '\n';

    private final int maxRequestLineBytes;
    private final int maxHeaderBytes;
    private final HeadText text = new HeadText();
    private byte[] bytes = new byte[1024];

    HeadParser(HttpServerConfig config) {
        this.maxRequestLineBytes = config.maxRequestLineBytes();
        this.maxHeaderBytes = config.maxHeaderBytes();
    }

    /** Drops the empty lines that some clients send after a body. */
    static void skipEmptyLines(ByteBuf in) {
        while (in.readableBytes() >= 2
                && in.getByte(in.readerIndex()) == CR
                && in.getByte(in.readerIndex() + 1) == LF) {
            in.skipBytes(2);
        }
    }

    /**
     * Finds the end of a head that starts at the reader index: the number of its bytes, or -1 where it is incomplete.
     *
     * @param scanned the number of bytes known to hold no end
     */
    int length(ByteBuf in, int scanned) throws MalformedRequest {
        int start = in.readerIndex();
        int from = start + scanned;
        while (true) {
            int lf = in.indexOf(from, in.writerIndex(), LF);
            if (lf < 0) {
                checkLimits(in, in.readableBytes());
                return -1;
            }
            if (lf == start || in.getByte(lf - 1) != CR) {
                throw new MalformedRequest(400, "a line ends without CR LF");
            }
            if (lf - start >= 3 && in.getByte(lf - 2) == LF) {
                checkLimits(in, lf + 1 - start);
                return lf + 1 - start;
            }
            from = lf + 1;
        }
    }

    private void checkLimits(ByteBuf in, int length) throws MalformedRequest {
        if (length > maxRequestLineBytes) {
            int start = in.readerIndex();
            int lf = in.indexOf(start, start + maxRequestLineBytes, LF);
            if (lf < 0) {
                throw new MalformedRequest(414, "the request line is too long");
            }
        }
        if (length > maxHeaderBytes) {
            throw new MalformedRequest(431, "the request head is too large");
        }
    }

    /** Parses the head that is the next {@code length} bytes, and consumes them. */
    RequestHead parse(ByteBuf in, int length) throws MalformedRequest {
        if (bytes.length < length) {
            bytes = new byte[Math.max(length, bytes.length * 2)];
        }
        in.readBytes(bytes, 0, length);
        int methodEnd = indexOf((byte) ' ', 0, length);
        int targetEnd = indexOf((byte) ' ', methodEnd + 1, length);
        int lineEnd = indexOf(CR, 0, length);
        if (methodEnd <= 0 || targetEnd <= methodEnd + 1 || targetEnd > lineEnd) {
            throw new MalformedRequest(400, "malformed request line");
        }
        if (!HeadText.isToken(bytes, 0, methodEnd) || !HeadText.isVisible(bytes, methodEnd + 1, targetEnd)) {
            throw new MalformedRequest(400, "forbidden character in the request line");
        }
        boolean http10 = isHttp10(targetEnd + 1, lineEnd);
        var method = text.cached(bytes, 0, methodEnd);
        var target = text.decode(bytes, methodEnd + 1, targetEnd);
        var framing = new HeadFraming(http10);
        var fields = fields(lineEnd + 2, length - 2, framing);
        return framing.head(method, target, fields);
    }

    private boolean isHttp10(int from, int to) throws MalformedRequest {
        if (to - from != 8
                || bytes[from] != 'H'
                || bytes[from + 1] != 'T'
                || bytes[from + 2] != 'T'
                || bytes[from + 3] != 'P'
                || bytes[from + 4] != '/'
                || bytes[from + 6] != '.'
                || !isDigit(bytes[from + 5])
                || !isDigit(bytes[from + 7])) {
            throw new MalformedRequest(400, "malformed HTTP version");
        }
        if (bytes[from + 5] != '1') {
            throw new MalformedRequest(505, "only HTTP/1.1 and HTTP/1.0 are spoken here");
        }
        return bytes[from + 7] == '0';
    }

    private List<Headers.Field> fields(int from, int end, HeadFraming framing) throws MalformedRequest {
        var fields = new ArrayList<Headers.Field>(12);
        int pos = from;
        while (pos < end) {
            int lineEnd = indexOf(CR, pos, end);
            if (lineEnd < 0 || bytes[lineEnd + 1] != LF) {
                throw new MalformedRequest(400, "a carriage return inside a header");
            }
            var field = field(pos, lineEnd);
            framing.see(field);
            fields.add(field);
            pos = lineEnd + 2;
        }
        return fields;
    }

    private Headers.Field field(int from, int lineEnd) throws MalformedRequest {
        int colon = indexOf((byte) ':', from, lineEnd);
        if (colon <= from || !HeadText.isToken(bytes, from, colon)) {
            throw new MalformedRequest(400, "malformed header line");
        }
        int start = colon + 1;
        int end = lineEnd;
        while (start < end && isBlank(bytes[start])) {
            start++;
        }
        while (end > start && isBlank(bytes[end - 1])) {
            end--;
        }
        if (!HeadText.isFieldValue(bytes, start, end)) {
            throw new MalformedRequest(400, "forbidden character in a header");
        }
        return new Headers.Field(text.cached(bytes, from, colon), text.cached(bytes, start, end));
    }

    private int indexOf(byte wanted, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
