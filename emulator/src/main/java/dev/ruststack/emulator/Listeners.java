package dev.ruststack.emulator;

import dev.ruststack.emulator.http.HttpServer;
import dev.ruststack.emulator.http.HttpServerConfig;
import dev.ruststack.emulator.http.Tls;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The bound ports of an emulator; closing them stops all at once, each within its drain time, admin last. */
final class Listeners implements AutoCloseable {
    /** All that is closed one after the other ends within the pod's grace period, of which a client's requests get most. */
    private static final Duration ADMIN_DRAIN = Duration.ofMillis(500);

    final LateHandler awsHandler = new LateHandler();
    final LateHandler frontHandler = new LateHandler();
    final LateHandler adminHandler = new LateHandler();
    private final List<HttpServer> servers = new ArrayList<>();
    private final HttpServer aws;
    private final HttpServer front;
    private final HttpServer admin;

    private Listeners(EmulatorConfig config) throws IOException {
        try {
            aws = start("aws", config, config.ports().aws(), tls(config), awsHandler);
            forContainers(config);
            front = start("front", config, config.ports().front(), tls(config), frontHandler);
            admin = HttpServer.start(
                    HttpServerConfig.of(
                                    "admin",
                                    config.bindAddress(),
                                    config.ports().admin())
                            .withDrainTimeout(ADMIN_DRAIN),
                    adminHandler);
            servers.add(admin);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Binds every port, or none. */
    static Listeners bind(EmulatorConfig config) throws IOException {
        return new Listeners(config);
    }

    private HttpServer start(String name, EmulatorConfig config, int port, Tls tls, LateHandler handler)
            throws IOException {
        var server = HttpServer.start(
                HttpServerConfig.of(name, config.bindAddress(), port).withTls(tls), handler);
        servers.add(server);
        return server;
    }

    /** The AWS port once more, under the same number, where containers reach it. */
    private void forContainers(EmulatorConfig config) throws IOException {
        var address = config.lambda().containerAddress();
        if (address != null) {
            servers.add(HttpServer.start(
                    HttpServerConfig.of("aws-containers", address, aws.port()).withTls(tls(config)), awsHandler));
        }
    }

    private static Tls tls(EmulatorConfig config) {
        var certificate = config.certificate();
        return certificate == null
                ? new Tls.SelfSigned(config.hosts())
                : new Tls.Given(certificate.chain(), certificate.key());
    }

    int aws() {
        return aws.port();
    }

    int front() {
        return front.port();
    }

    int admin() {
        return admin.port();
    }

    @Override
    public void close() {
        // Whoever asks whether the stack is ready is answered until the last request is.
        stop(servers.stream().filter(server -> server != admin).toList());
        stop(servers);
    }

    private static void stop(List<HttpServer> servers) {
        var stopping = servers.stream()
                .map(server -> Thread.ofVirtual().name("stop").start(server::close))
                .toList();
        for (var thread : stopping) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
