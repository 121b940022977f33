package dev.ruststack.emulator.http;

import java.time.Duration;

/** Configurations that make a test short. */
final class Configs {
    private Configs() {}

    static HttpServerConfig withTimeouts(HttpServerConfig config, Duration head, Duration idle) {
        return new HttpServerConfig(
                config.name(),
                config.host(),
                config.port(),
                config.tls(),
                config.maxRequestLineBytes(),
                config.maxHeaderBytes(),
                head,
                idle,
                config.maxConnections(),
                config.drainTimeout());
    }

    static HttpServerConfig withLimits(HttpServerConfig config, int maxConnections, Duration drain) {
        return new HttpServerConfig(
                config.name(),
                config.host(),
                config.port(),
                config.tls(),
                config.maxRequestLineBytes(),
                config.maxHeaderBytes(),
                config.headTimeout(),
                config.idleTimeout(),
                maxConnections,
                drain);
    }
}
