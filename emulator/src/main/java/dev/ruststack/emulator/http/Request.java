package dev.ruststack.emulator.http;

import java.net.InetSocketAddress;

/**
 * One HTTP request. The target is kept as it was sent (escapes untouched), because AWS signatures and object keys are
 * computed over it.
 *
 * @param method the method as sent; methods are told apart by case
 * @param rawPath the path as sent, starting with {@code /}; {@code *} for {@code OPTIONS *}
 * @param rawQuery the query as sent, without the question mark; empty where there is none
 * @param remote the client's address
 * @param secure whether it came over TLS
 * @param connection tells when the client goes away
 */
public record Request(
        String method,
        String rawPath,
        String rawQuery,
        Headers headers,
        RequestBody body,
        InetSocketAddress remote,
        boolean secure,
        ClientConnection connection) {

    /** A request that does not come from the wire. */
    public Request(
            String method,
            String rawPath,
            String rawQuery,
            Headers headers,
            RequestBody body,
            InetSocketAddress remote,
            boolean secure) {
        this(method, rawPath, rawQuery, headers, body, remote, secure, ClientConnection.NONE);
    }

    /** The query, decoded. */
    public Query query() {
        return Query.parse(rawQuery);
    }

    /** The Host header as sent, empty where there is none. */
    public String host() {
        return headers.first("Host", "");
    }

    public Request withHeaders(Headers newHeaders) {
        return new Request(method, rawPath, rawQuery, newHeaders, body, remote, secure, connection);
    }

    public Request withPath(String newRawPath) {
        return new Request(method, newRawPath, rawQuery, headers, body, remote, secure, connection);
    }
}
