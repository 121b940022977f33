package dev.ruststack.operator.admin;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EmulatorClientTest {
    @Test
    void anAnswerWithoutEndIsGivenUp() throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, 0);
                var megabyte = new byte[1 << 20];
                for (int i = 0; i < 64; i++) {
                    exchange.getResponseBody().write(megabyte);
                }
            }
        });
        server.start();
        try (var http = HttpClient.newHttpClient()) {
            var base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            var client = new EmulatorClient(http, base, "token");

            assertThatThrownBy(() -> client.state(-1, Duration.ZERO, Duration.ofSeconds(20)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("capacity");
        } finally {
            server.stop(0);
        }
    }
}
