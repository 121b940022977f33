package dev.ruststack.cli.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The suite of one client.
 *
 * @param command what runs it in its folder
 * @param environment what it needs beside what {@code ruststack env} prints
 */
record Suite(Client client, Path folder, List<String> command, Map<String, String> environment) {
    /** How a suite ended. */
    record Run(Client client, int status, String output, Duration took, List<Result> results) {}

    /** All of them, the longest first, with their clients installed. */
    static List<Suite> all(Tools tools) throws IOException, InterruptedException {
        var python = tools.python();
        return List.of(
                pytest(
                        Client.ANSIBLE,
                        python,
                        Map.of("ANSIBLE_COLLECTIONS_PATH", tools.collections().toString())),
                pytest(Client.AWSCLI, python, Map.of()),
                pytest(Client.S3CMD, python, Map.of()),
                new Suite(Client.GO, Tools.SUITES.resolve("go"), List.of("go", "test", "-count=1", "./..."), Map.of()),
                pytest(Client.BOTO3, python, Map.of()),
                pytest(Client.RCLONE, python, Map.of("RCLONE", tools.rclone().toString())),
                new Suite(Client.JAVASCRIPT, tools.javascript(), List.of("node", "--test", "s3.test.mjs"), Map.of()));
    }

    private static Suite pytest(Client client, Path bin, Map<String, String> more) {
        var environment = new HashMap<>(more);
        environment.put("PATH", bin + ":" + System.getenv("PATH"));
        environment.put("PYTHONDONTWRITEBYTECODE", "1");
        var command = List.of(
                bin.resolve("pytest").toString(),
                "-q",
                "--import-mode=importlib",
                "-p",
                "no:cacheprovider",
                client.name().toLowerCase(java.util.Locale.ROOT));
        return new Suite(client, Tools.SUITES, command, environment);
    }

    /** Runs it against the stack of this environment. */
    Run run(Map<String, String> stack) throws IOException, InterruptedException {
        var file = Files.createTempFile("results", ".jsonl");
        try {
            var all = new HashMap<>(stack);
            all.putAll(environment);
            all.put("CONFORMANCE_RESULTS", file.toString());
            long began = System.nanoTime();
            var ended = Tools.end(folder, all, command);
            var took = Duration.ofNanos(System.nanoTime() - began);
            return new Run(client, ended.status(), ended.output(), took, Result.read(file));
        } finally {
            Files.delete(file);
        }
    }
}
