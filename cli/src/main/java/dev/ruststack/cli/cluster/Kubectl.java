package dev.ruststack.cli.cluster;

import dev.ruststack.cli.CommandException;
import dev.ruststack.cli.ExitCode;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The user's own kubectl: it knows the cluster that is meant, and every way to log in there.
 *
 * @param arguments what chooses the cluster, put before every command's own
 */
record Kubectl(Path program, Map<String, String> environment, List<String> arguments) {
    Kubectl {
        environment = Map.copyOf(environment);
        arguments = List.copyOf(arguments);
    }

    /** What a run has written. */
    record Output(int exitCode, String out, String err) {}

    /** Finds it on the PATH. */
    static Kubectl of(Map<String, String> environment, @Nullable String context) {
        var program = Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder).resolve("kubectl"))
                .filter(file -> file.isAbsolute() && Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst()
                .orElseThrow(() -> new CommandException(
                        ExitCode.FAILED,
                        "kubectl is not on the PATH",
                        "Install it (https://kubernetes.io/docs/tasks/tools/), or leave --apply out and apply what is"
                                + " printed from where kubectl is."));
        return new Kubectl(program, environment, context == null ? List.of() : List.of("--context", context));
    }

    /** Runs a command to its end; an interrupt ends it. */
    Output run(String input, String... command) throws IOException, InterruptedException {
        var line = new ArrayList<String>();
        line.add(program.toString());
        line.addAll(arguments);
        line.addAll(List.of(command));
        var builder = new ProcessBuilder(line);
        builder.environment().clear();
        builder.environment().putAll(environment);
        var process = builder.start();
        try {
            var out = reading(process.getInputStream());
            var err = reading(process.getErrorStream());
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException _) {
                // It has ended before it read everything, and says why.
            }
            int exitCode = process.waitFor();
            return new Output(exitCode, out.get(), err.get());
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IOException(e.getCause());
        } finally {
            process.destroy();
        }
    }

    /** As {@link #run}; throws with what it wrote where it failed. */
    String require(String input, String... command) throws IOException, InterruptedException {
        var output = run(input, command);
        if (output.exitCode() != 0) {
            throw new CommandException(
                    ExitCode.FAILED,
                    "kubectl " + command[0] + " failed: " + output.err().strip());
        }
        return output.out();
    }

    private static FutureTask<String> reading(InputStream stream) {
        var task = new FutureTask<>(() -> new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        Thread.ofVirtual().start(task);
        return task;
    }
}
