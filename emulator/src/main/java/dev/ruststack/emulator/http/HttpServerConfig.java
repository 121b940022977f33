package dev.ruststack.emulator.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one listening port behaves.
 *
 * @param name names the port in logs and thread names
 * @param host the address to bind
 * @param port the port to bind; 0 takes a free one
 * @param tls TLS on the same port beside plain HTTP, told apart by the first byte; null for plain only
 * @param maxRequestLineBytes longer request lines get 414
 * @param maxHeaderBytes larger heads get 431
 * @param headTimeout the time a client has to send a whole request head, and to finish a TLS handshake
 * @param idleTimeout how long a connection may be silent: between requests, or while a body is due (408)
 * @param maxConnections further connections are answered 503 and closed
 * @param drainTimeout how long a graceful stop waits for the requests that run
 */
public record HttpServerConfig(
        String name,
        String host,
        int port,
        @Nullable Tls tls,
        int maxRequestLineBytes,
        int maxHeaderBytes,
        Duration headTimeout,
        Duration idleTimeout,
        int maxConnections,
        Duration drainTimeout) {

    public static HttpServerConfig of(String name, String host, int port) {
        return new HttpServerConfig(
                name,
                host,
                port,
                null,
                16 * 1024,
                64 * 1024,
                Duration.ofSeconds(20),
                Duration.ofSeconds(60),
                4096,
                Duration.ofSeconds(4));
    }

    public HttpServerConfig withTls(Tls newTls) {
        return new HttpServerConfig(
                name,
                host,
                port,
                newTls,
                maxRequestLineBytes,
                maxHeaderBytes,
                headTimeout,
                idleTimeout,
                maxConnections,
                drainTimeout);
    }

    public HttpServerConfig withDrainTimeout(Duration newDrainTimeout) {
        return new HttpServerConfig(
                name,
                host,
                port,
                tls,
                maxRequestLineBytes,
                maxHeaderBytes,
                headTimeout,
                idleTimeout,
                maxConnections,
                newDrainTimeout);
    }
}
