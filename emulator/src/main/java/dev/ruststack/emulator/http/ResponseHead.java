package dev.ruststack.emulator.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;

/**
 * The head of one response and how its body is framed.
 *
 * @param contentLength the Content-Length to send, -1 for none
 * @param chunked whether the body goes in chunks
 * @param hasBody whether a body follows
 */
record ResponseHead(int status, Headers headers, long contentLength, boolean chunked, boolean hasBody) {
    private static final byte[] LENGTH = ascii("Content-Length: ");
    private static final byte[] CHUNKED = ascii("Transfer-Encoding: chunked\r\n");
    private static final byte[] CLOSE = ascii("Connection: close\r\n");
    private static final byte[] KEEP_ALIVE = ascii("Connection: keep-alive\r\n");
    private static final short CRLF = '\r' << 8 | '\n';
    private static final short COLON_SPACE = ':' << 8 | ' ';

    /** Frames a response; throws {@link IllegalArgumentException} where the handler made one that cannot be sent. */
    static ResponseHead of(Response response, RequestHead request) {
        int status = response.status();
        if (status < 200 || status > 999) {
            throw new IllegalArgumentException("not a final status: " + status);
        }
        check(response.headers());
        boolean hasBody = !request.isHead() && status != 204 && status != 304;
        var declared = response.headers().first("Content-Length");
        long actual = response.body().length();
        long length = declared == null ? actual : Long.parseLong(declared);
        if (hasBody && actual >= 0 && actual != length) {
            throw new IllegalArgumentException("Content-Length " + length + " over a body of " + actual + " bytes");
        }
        boolean sendsLength = switch (status) {
            case 204 -> false;
            case 304 -> declared != null;
            default -> length >= 0;
        };
        boolean chunked = hasBody && length < 0 && !request.http10();
        return new ResponseHead(status, response.headers(), sendsLength ? length : -1, chunked, hasBody);
    }

    private static void check(Headers headers) {
        for (var field : headers) {
            if (!HeadText.isToken(field.name())) {
                throw new IllegalArgumentException("malformed name of a response header: " + field.name());
            }
            if (breaksLine(field.value())) {
                throw new IllegalArgumentException("a response header holds CR, LF or NUL: " + field.name());
            }
        }
    }

    private static boolean breaksLine(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r' || c == '\n' || c == 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether the handler asks to close the connection. */
    boolean wantsClose() {
        return "close".equalsIgnoreCase(headers.first("Connection"));
    }

    /** Writes the head with its empty line. */
    void encode(ByteBuf out, RequestHead request, boolean close) {
        out.writeBytes(StatusLine.of(status));
        boolean dated = false;
        for (var field : headers) {
            if (!isOurs(field.name())) {
                write(out, field.name(), field.value());
                dated |= field.name().equalsIgnoreCase("Date");
            }
        }
        if (!dated) {
            out.writeBytes(HttpDate.line());
        }
        if (chunked) {
            out.writeBytes(CHUNKED);
        } else if (contentLength >= 0) {
            out.writeBytes(LENGTH);
            ByteBufUtil.writeAscii(out, Long.toString(contentLength));
            out.writeShort(CRLF);
        }
        if (close) {
            out.writeBytes(CLOSE);
        } else if (request.http10()) {
            out.writeBytes(KEEP_ALIVE);
        }
        out.writeShort(CRLF);
    }

    private static void write(ByteBuf out, String name, String value) {
        ByteBufUtil.writeUtf8(out, name);
        out.writeShort(COLON_SPACE);
        ByteBufUtil.writeUtf8(out, value);
        out.writeShort(CRLF);
    }

    private static boolean isOurs(String name) {
        return switch (name.length()) {
            case 10 -> name.equalsIgnoreCase("Connection") || name.equalsIgnoreCase("Keep-Alive");
            case 14 -> name.equalsIgnoreCase("Content-Length");
            case 17 -> name.equalsIgnoreCase("Transfer-Encoding");
            default -> false;
        };
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
