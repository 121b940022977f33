package dev.ruststack.cli.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
    static List<Suite> all(Tools tools, Matter matter) throws IOException, InterruptedException {
        return switch (matter) {
            case S3 -> ofS3(tools);
            case LAMBDA -> ofLambda(tools);
        };
    }

    private static List<Suite> ofS3(Tools tools) throws IOException, InterruptedException {
        var python = tools.python();
        return List.of(
                pytest(
                        Client.ANSIBLE,
                        python,
                        Map.of("ANSIBLE_COLLECTIONS_PATH", tools.collections().toString()),
                        "ansible"),
                pytest(Client.AWSCLI, python, Map.of(), "awscli", "--ignore=awscli/lambda"),
                pytest(Client.S3CMD, python, Map.of(), "s3cmd"),
                go("-skip=^TestLambda"),
                pytest(Client.BOTO3, python, Map.of(), "boto3", "--ignore=boto3/lambda"),
                pytest(Client.RCLONE, python, Map.of("RCLONE", tools.rclone().toString()), "rclone"),
                javascript(tools, "s3.test.mjs"));
    }

    private static List<Suite> ofLambda(Tools tools) throws IOException, InterruptedException {
        var python = tools.python();
        return List.of(
                pytest(Client.AWSCLI, python, Map.of(), "awscli/lambda"),
                pytest(Client.BOTO3, python, Map.of(), "boto3/lambda"),
                go("-run=^TestLambda"),
                javascript(tools, "lambda.test.mjs"));
    }

    private static Suite go(String which) {
        return new Suite(
                Client.GO, Tools.SUITES.resolve("go"), List.of("go", "test", "-count=1", which, "./..."), Map.of());
    }

    private static Suite javascript(Tools tools, String file) throws IOException, InterruptedException {
        return new Suite(Client.JAVASCRIPT, tools.javascript(), List.of("node", "--test", file), Map.of());
    }

    private static Suite pytest(Client client, Path bin, Map<String, String> more, String... which) {
        var environment = new HashMap<>(more);
        environment.put("PATH", bin + ":" + System.getenv("PATH"));
        environment.put("PYTHONDONTWRITEBYTECODE", "1");
        var command = new ArrayList<>(
                List.of(bin.resolve("pytest").toString(), "-q", "--import-mode=importlib", "-p", "no:cacheprovider"));
        command.addAll(List.of(which));
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
