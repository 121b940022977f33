package dev.ruststack.operator.cluster;

import io.fabric8.kubernetes.client.Config;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Objects;

/** An operator in a JVM of its own, with a heap of its own; closing it kills it. */
final class ForkedOperator implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;
    private final int port;

    /** @param heap largest, as of -Xmx */
    ForkedOperator(Config config, String heap) throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heap,
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OperatorMain.class.getName(),
                        config.getMasterUrl(),
                        config.getOauthToken())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        output = process.inputReader();
        port = Integer.parseInt(answer("port "));
    }

    /** In use, in bytes. */
    long heap() throws IOException {
        process.outputWriter().write("heap\n");
        process.outputWriter().flush();
        return Long.parseLong(answer("heap "));
    }

    /** How often it has looked at a stack. */
    long reconciles() throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                    .build();
            return http.send(request, BodyHandlers.ofLines())
                    .body()
                    .filter(line -> line.startsWith("ruststack_reconciles_total"))
                    .mapToLong(line -> Math.round(Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))))
                    .sum();
        }
    }

    private String answer(String begin) throws IOException {
        String line;
        do {
            line = Objects.requireNonNull(output.readLine(), "the operator has ended");
        } while (!line.startsWith(begin));
        return line.substring(begin.length());
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
