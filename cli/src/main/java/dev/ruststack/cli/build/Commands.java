package dev.ruststack.cli.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ruststack.emulator.process.ProcessGuard;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Finds programs on the {@code PATH} of an environment and runs them in that environment. */
final class Commands {
    private static final int LINES_KEPT = 100;
    private static final int SECONDS_TO_DIE = 5;

    private final Map<String, String> environment;
    private final ProcessGuard guard;

    Commands(Map<String, String> environment, ProcessGuard guard) {
        this.environment = Map.copyOf(environment);
        this.guard = guard;
    }

    /** @param lines the last lines of standard output and standard error, in the order they came */
    record Result(int exitCode, List<String> lines) {
        Result {
            lines = List.copyOf(lines);
        }

        boolean succeeded() {
            return exitCode == 0;
        }

        /** The last line; empty without output. */
        String lastLine() {
            return lines.isEmpty() ? "" : lines.getLast();
        }
    }

    /** The first file of this name on the PATH that may be executed. */
    Optional<Path> find(String name) {
        for (var folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            var candidate = Path.of(folder).resolve(name);
            // An empty or relative element means the current folder: never run code from there.
            if (candidate.isAbsolute() && Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** Runs a short command for its output. */
    Result probe(Path program, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(program.toString());
        command.addAll(List.of(arguments));
        return run(command, Path.of("/"), Map.of(), _ -> {});
    }

    /**
     * Runs a command without standard input; every line of its output goes to {@code progress}. An interrupt kills the
     * command and all that it started, as does the end of this process.
     *
     * @param variables added to the environment
     */
    Result run(List<String> command, Path folder, Map<String, String> variables, BuildProgress progress)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().putAll(variables);
        var process = guard.start(builder);
        try {
            var lines = new ArrayDeque<String>();
            var reader = Thread.ofVirtual().start(() -> read(process, lines, progress));
            int exitCode = process.waitFor();
            reader.join();
            return new Result(exitCode, List.copyOf(lines));
        } finally {
            kill(process);
        }
    }

    private static void read(Process process, ArrayDeque<String> lines, BuildProgress progress) {
        try (var output = process.inputReader(UTF_8)) {
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                if (lines.size() == LINES_KEPT) {
                    lines.removeFirst();
                }
                lines.addLast(line);
                progress.line(line);
            }
        } catch (IOException _) {
            // The command was killed while it wrote: whoever killed it knows.
        }
    }

    private void kill(Process process) {
        var handles = new ArrayList<ProcessHandle>(List.of(process.toHandle()));
        try (var descendants = process.descendants()) {
            descendants.forEach(handles::add);
        }
        guard.kill(process);
        // What is being killed may still write into folders that the caller is about to delete.
        var exits = handles.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(exits)
                .completeOnTimeout(null, SECONDS_TO_DIE, TimeUnit.SECONDS)
                .join();
    }
}
