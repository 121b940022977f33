package dev.ruststack.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that was run to its end. Output is what it wrote to both of its streams. */
public record Program(List<String> command, int exitCode, String output) {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    /** Runs it with nothing to read. */
    static Program run(List<String> command) {
        return run(command, "");
    }

    /** Runs it with a text on its standard input. */
    static Program run(List<String> command, String input) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            Thread.ofVirtual().start(() -> write(process, input));
            Thread.ofVirtual().start(() -> end(process));
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Program(command, process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** The output of one that had to succeed. */
    public String succeeded() {
        if (exitCode != 0) {
            throw new AssertionError("%s ended with %d:%n%s".formatted(String.join(" ", command), exitCode, output));
        }
        return output;
    }

    private static void write(Process process, String input) {
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException _) {
            // It has ended before it read everything, and says why.
        }
    }

    private static void end(Process process) {
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
        }
    }
}
