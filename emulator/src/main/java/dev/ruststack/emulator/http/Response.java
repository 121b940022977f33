package dev.ruststack.emulator.http;

/**
 * One HTTP response. The server adds {@code Content-Length} (or chunks), {@code Date} and {@code Connection}; a
 * {@code Content-Length} that is set already stays, which is how the answer to a HEAD tells the size of what it does
 * not send. Answers to HEAD, and those with status 204 and 304, never carry a body.
 */
public record Response(int status, Headers headers, Body body) {
    public static Response of(int status) {
        return new Response(status, Headers.empty(), Body.empty());
    }

    public static Response of(int status, String contentType, Body body) {
        return new Response(status, Headers.of("Content-Type", contentType), body);
    }
}
