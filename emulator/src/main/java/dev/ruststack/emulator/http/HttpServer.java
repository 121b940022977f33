package dev.ruststack.emulator.http;

import java.io.IOException;

/** An HTTP/1.1 server on one port. */
public final class HttpServer implements AutoCloseable {
    private HttpServer() {}

    /** Binds the port and serves; throws {@link java.net.BindException} naming address and port where it is taken. */
    public static HttpServer start(HttpServerConfig config, ExchangeHandler handler) throws IOException {
        throw new IOException("not here yet: " + config.name() + handler);
    }

    /** The port that was bound. */
    public int port() {
        return 0;
    }

    /** Stops accepting, lets running requests finish within the drain time, closes every connection. */
    @Override
    public void close() {}
}
