package dev.ruststack.operator.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Supplier;

/** The admin port of one emulator process. Blocks; fails with an IOException that names what was answered. */
public final class EmulatorClient {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** For at most 64 MiB, within a cluster: only so many seeds are handed over at a time. */
    private static final Duration UPLOAD = Duration.ofSeconds(20);

    /** Of an answer, in bytes: a stack may name any image, and one is not to use up the memory of all. */
    static final int LARGEST = 8 << 20;

    private final HttpClient http;
    private final URI base;
    private final String token;

    /** @param base such as {@code http://10.1.0.7:4567} */
    public EmulatorClient(HttpClient http, URI base, String token) {
        this.http = http;
        this.base = base;
        this.token = token;
    }

    /**
     * The state as soon as its sequence is past {@code after}, at the latest after {@code wait}.
     *
     * @param patience how long an answer may be under way
     */
    public EmulatorState state(long after, Duration wait, Duration patience) throws IOException, InterruptedException {
        var path = "state?after=" + after + "&waitSeconds=" + wait.toSeconds();
        var request = request(path).timeout(wait.plus(patience)).GET().build();
        return MAPPER.readValue(send(request, "the state"), EmulatorState.class);
    }

    /**
     * Hands over a bundle; the emulator seeds in the background.
     *
     * @param gzip opens the bytes, each time anew
     * @param length how many there are
     */
    public void seed(Supplier<InputStream> gzip, long length) throws IOException, InterruptedException {
        var request = request("seed")
                .timeout(UPLOAD)
                .header("Content-Type", "application/gzip")
                .PUT(BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(gzip), length))
                .build();
        send(request, "the seed");
    }

    /** Says what became of a pod. A sandbox that is not known any more is no error. */
    public void report(String sandboxId, SandboxReport report) throws IOException, InterruptedException {
        var request = request("sandboxes/" + sandboxId + "/report")
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(report)))
                .build();
        var response = http.send(request, BodyHandlers.discarding());
        if (response.statusCode() != 404 && response.statusCode() / 100 != 2) {
            throw new IOException("the emulator answered the report on a sandbox with " + response.statusCode());
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve("/_ruststack/v1/" + path))
                .header("Authorization", "Bearer " + token);
    }

    private byte[] send(HttpRequest request, String what) throws IOException, InterruptedException {
        var response = http.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST));
        if (response.statusCode() / 100 != 2) {
            throw new IOException("the emulator answered " + what + " with " + response.statusCode());
        }
        return response.body();
    }
}
