package dev.ruststack.emulator.lambda.sandbox;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Sends telemetry to listeners on this machine. */
final class LocalDelivery implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private @Nullable HttpClient client;

    /** Throws where nobody listens, or does not take it. */
    void send(URI destination, byte[] body) throws IOException, InterruptedException {
        if ("tcp".equals(destination.getScheme())) {
            try (var socket = new Socket(destination.getHost(), destination.getPort())) {
                socket.getOutputStream().write(body);
            }
            return;
        }
        var request = HttpRequest.newBuilder(destination)
                .timeout(LIMIT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        client().send(request, BodyHandlers.discarding());
    }

    private synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(LIMIT)
                    .build();
        }
        return client;
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.shutdownNow();
        }
    }
}
