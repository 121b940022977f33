package dev.ruststack.emulator.http;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the header fields of one request say about its framing: where the body ends and whether the connection stays.
 * Ambiguous framing is refused, because it lets one request hide inside another (request smuggling, RFC 9112 11.2).
 */
final class HeadFraming {
    private final boolean http10;
    private @Nullable String host;
    private long contentLength = -1;
    private boolean chunked;
    private boolean close;
    private boolean keepAlive;
    private boolean expectContinue;

    HeadFraming(boolean http10) {
        this.http10 = http10;
    }

    void see(Headers.Field field) throws MalformedRequest {
        switch (field.name().length()) {
            case 4 -> seeHost(field);
            case 6 -> seeExpect(field);
            case 10 -> seeConnection(field);
            case 14 -> seeContentLength(field);
            case 17 -> seeTransferEncoding(field);
            default -> {}
        }
    }

    private void seeHost(Headers.Field field) throws MalformedRequest {
        if (field.name().equalsIgnoreCase("Host")) {
            if (host != null) {
                throw new MalformedRequest(400, "several Host headers");
            }
            host = field.value();
        }
    }

    private void seeExpect(Headers.Field field) throws MalformedRequest {
        if (field.name().equalsIgnoreCase("Expect") && !http10) {
            if (!field.value().equalsIgnoreCase("100-continue")) {
                throw new MalformedRequest(417, "only 100-continue can be expected");
            }
            expectContinue = true;
        }
    }

    private void seeConnection(Headers.Field field) {
        if (field.name().equalsIgnoreCase("Connection")) {
            for (var option : field.value().toLowerCase(Locale.ROOT).split(",", -1)) {
                close |= option.strip().equals("close");
                keepAlive |= option.strip().equals("keep-alive");
            }
        }
    }

    private void seeContentLength(Headers.Field field) throws MalformedRequest {
        if (field.name().equalsIgnoreCase("Content-Length")) {
            if (contentLength >= 0) {
                throw new MalformedRequest(400, "several Content-Length headers");
            }
            contentLength = parseLength(field.value());
        }
    }

    private static long parseLength(String value) throws MalformedRequest {
        if (value.isEmpty() || value.length() > 18) {
            throw new MalformedRequest(400, "malformed Content-Length");
        }
        long length = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < '0' || c > '9') {
                throw new MalformedRequest(400, "malformed Content-Length");
            }
            length = length * 10 + (c - '0');
        }
        return length;
    }

    private void seeTransferEncoding(Headers.Field field) throws MalformedRequest {
        if (field.name().equalsIgnoreCase("Transfer-Encoding")) {
            if (http10 || chunked) {
                throw new MalformedRequest(400, "Transfer-Encoding twice, or with HTTP/1.0");
            }
            if (!field.value().equalsIgnoreCase("chunked")) {
                throw new MalformedRequest(501, "the only transfer encoding spoken here is chunked");
            }
            chunked = true;
        }
    }

    /** The head, once every field was seen. */
    RequestHead head(String method, String target, List<Headers.Field> fields) throws MalformedRequest {
        if (chunked && contentLength >= 0) {
            throw new MalformedRequest(400, "both Content-Length and Transfer-Encoding");
        }
        if (host == null && !http10) {
            throw new MalformedRequest(400, "the Host header is missing");
        }
        var origin = originForm(method, target, fields);
        int question = origin.indexOf('?');
        return new RequestHead(
                method,
                question < 0 ? origin : origin.substring(0, question),
                question < 0 ? "" : origin.substring(question + 1),
                Headers.over(List.copyOf(fields)),
                chunked ? -1 : Math.max(0, contentLength),
                http10,
                http10 ? keepAlive && !close : !close,
                expectContinue);
    }

    /** The target without scheme and authority; an authority in the target stands above the Host header (RFC 9112 3.2.2). */
    private static String originForm(String method, String target, List<Headers.Field> fields) throws MalformedRequest {
        if (target.charAt(0) == '/' || (target.equals("*") && method.equals("OPTIONS"))) {
            return target;
        }
        int authority = target.regionMatches(true, 0, "http://", 0, 7)
                ? 7
                : target.regionMatches(true, 0, "https://", 0, 8) ? 8 : -1;
        if (authority < 0) {
            throw new MalformedRequest(400, "malformed request target");
        }
        int end = authority;
        while (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '?') {
            end++;
        }
        if (end == authority) {
            throw new MalformedRequest(400, "malformed request target");
        }
        fields.removeIf(field -> field.name().equalsIgnoreCase("Host"));
        fields.add(new Headers.Field("Host", target.substring(authority, end)));
        var rest = target.substring(end);
        return rest.startsWith("/") ? rest : "/" + rest;
    }
}
