package dev.ruststack.cli.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs {@code ./ruststack}, as it was packaged, in processes of its own and with folders of its own. */
public final class Launcher {
    /** The root of the source tree: tests run in the folder of their module. */
    public static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private static final int PATIENCE_MINUTES = 5;

    private final Path script;
    private final Path scratch;
    private final Map<String, String> environment = new HashMap<>();

    /** @param scratch an empty folder for what the program keeps, and for what it says */
    public Launcher(Path script, Path scratch) {
        this.script = script;
        this.scratch = scratch;
        try {
            environment.put(
                    "XDG_RUNTIME_DIR",
                    Files.createDirectories(scratch.resolve("run")).toString());
            environment.put(
                    "TMPDIR", Files.createDirectories(scratch.resolve("tmp")).toString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        environment.put("RUSTSTACK_NO_BUILD", "1");
    }

    /** The launcher of this source tree. */
    public static Launcher packaged(Path scratch) {
        return new Launcher(ROOT.resolve("ruststack"), scratch);
    }

    public record Ended(int exitCode, String out, String err) {}

    public Launcher with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** The folder for running stacks. */
    public Path runtimeFolder() {
        return scratch.resolve("run/ruststack");
    }

    /** The folder for data. */
    public Path temporaryFolder() {
        return scratch.resolve("tmp");
    }

    public Ended run(String... arguments) throws IOException, InterruptedException {
        return run(scratch, arguments);
    }

    public Ended run(Path folder, String... arguments) throws IOException, InterruptedException {
        var running = start(folder, arguments);
        if (!running.process().waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            running.process().destroyForcibly();
            throw new AssertionError("it goes on and on: " + List.of(arguments) + "\n" + running.err());
        }
        return new Ended(running.process().exitValue(), running.out(), running.err());
    }

    /** A process with its output in files. */
    public record Running(Process process, Path outFile, Path errFile) implements AutoCloseable {
        public String out() {
            return read(outFile);
        }

        public String err() {
            return read(errFile);
        }

        /** Sends a signal to the program: the launcher became it. */
        public void signal(String name) throws IOException, InterruptedException {
            new ProcessBuilder("kill", "-s", name, String.valueOf(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        }

        private static String read(Path file) {
            try {
                return Files.readString(file, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        /** Ends it, where a test did not. */
        @Override
        public void close() {
            process.destroy();
            try {
                if (!process.waitFor(30, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    public Running start(String... arguments) throws IOException {
        return start(scratch, arguments);
    }

    public Running start(Path folder, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(script.toString());
        command.addAll(List.of(arguments));
        var out = Files.createTempFile(scratch, "said", ".out");
        var err = Files.createTempFile(scratch, "said", ".err");
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().putAll(environment);
        return new Running(builder.start(), out, err);
    }
}
