package dev.ruststack.emulator.http;

/**
 * The head of one request as parsed.
 *
 * @param contentLength the length of the body; 0 where there is none, -1 where it is chunked
 * @param http10 whether the client speaks HTTP/1.0, which knows no chunks
 * @param keepAlive whether the client wants the connection to stay
 * @param expectContinue whether the client waits for {@code 100 Continue}
 */
record RequestHead(
        String method,
        String rawPath,
        String rawQuery,
        Headers headers,
        long contentLength,
        boolean http10,
        boolean keepAlive,
        boolean expectContinue) {

    /** Stands for a request that could not be parsed. */
    static final RequestHead UNKNOWN = new RequestHead("GET", "/", "", Headers.empty(), 0, false, false, false);

    boolean hasBody() {
        return contentLength != 0;
    }

    boolean isHead() {
        return method.equals("HEAD");
    }
}
