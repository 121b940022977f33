package dev.ruststack.emulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The emulator as a process of its own, with nothing in its environment but what a test puts there. */
final class EmulatorProcess implements AutoCloseable {
    static final String TOKEN = "the-admin-token";
    private static final Pattern LISTENING =
            Pattern.compile(".*Listening: aws=(\\d+), front=(\\d+), runtime=(\\d+), admin=(\\d+)");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final Thread reader;
    private EmulatorConfig.@Nullable Ports ports;

    private EmulatorProcess(Map<String, String> variables) throws IOException {
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "dev.ruststack.emulator.Main")
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(variables);
        process = builder.start();
        reader = Thread.ofVirtual().start(() -> process.inputReader().lines().forEach(output::add));
    }

    /** Every variable that has to be set, free ports, no functions, no DynamoDB and no mounted seed. */
    static Map<String, String> variables(Path data) {
        var variables = new TreeMap<String, String>();
        variables.put("RUSTSTACK_BIND_ADDRESS", "127.0.0.1");
        for (var port : List.of("AWS", "FRONT", "RUNTIME", "ADMIN")) {
            variables.put("RUSTSTACK_" + port + "_PORT", "0");
        }
        variables.put("RUSTSTACK_DATA_DIRECTORY", data.toString());
        variables.put("RUSTSTACK_DYNAMODB", "");
        variables.put("RUSTSTACK_ADMIN_TOKEN", TOKEN);
        variables.put("RUSTSTACK_SEED_DIRECTORY", "");
        variables.put("RUSTSTACK_EXECUTOR", "Disabled");
        variables.put("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
        variables.put("AWS_SECRET_ACCESS_KEY", "the-secret-access-key");
        return variables;
    }

    /** Starts one, whatever becomes of it. */
    static EmulatorProcess start(Map<String, String> variables) throws IOException {
        return new EmulatorProcess(variables);
    }

    /** Waits until it listens. */
    EmulatorProcess listening() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (ports == null) {
            for (var line : output) {
                var matcher = LISTENING.matcher(line);
                if (matcher.matches()) {
                    ports = new EmulatorConfig.Ports(
                            Integer.parseInt(matcher.group(1)),
                            Integer.parseInt(matcher.group(2)),
                            Integer.parseInt(matcher.group(3)),
                            Integer.parseInt(matcher.group(4)));
                }
            }
            if (ports == null && (!process.isAlive() || System.nanoTime() > end)) {
                throw new AssertionError("the emulator does not listen: " + output);
            }
            Thread.sleep(5);
        }
        return this;
    }

    EmulatorConfig.Ports ports() {
        if (ports == null) {
            throw new IllegalStateException("not listening");
        }
        return ports;
    }

    URI aws() {
        return URI.create("http://127.0.0.1:" + ports().aws());
    }

    /** Asks the admin port, with the token. */
    HttpResponse<String> admin(String method, String path, String contentType, byte[] body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + ports().admin() + "/_ruststack/v1/" + path))
                .header("Authorization", "Bearer " + TOKEN)
                .method(method, BodyPublishers.ofByteArray(body));
        if (!contentType.isEmpty()) {
            request.header("Content-Type", contentType);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> admin(String path) throws IOException, InterruptedException {
        return admin("GET", path, "", new byte[0]);
    }

    /** Sends a DELETE to the AWS port, without a signature that would be checked; returns the status. */
    int delete(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(aws().resolve(path))
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/us-east-1/s3/aws4_request, "
                                + "SignedHeaders=host;x-amz-date, Signature=" + "0".repeat(64))
                .header("x-amz-date", "20260101T000000Z")
                .header("x-amz-content-sha256", "UNSIGNED-PAYLOAD")
                .DELETE()
                .build();
        return HTTP.send(request, BodyHandlers.discarding()).statusCode();
    }

    /** Sends SIGTERM; its output is read to the end. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** Waits for its end; returns the exit status. */
    int exit(int seconds) throws InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            throw new AssertionError("still running after " + seconds + " s: " + output);
        }
        reader.join();
        return process.exitValue();
    }

    /** What it has written, line by line. */
    List<String> output() {
        return output;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
