package dev.ruststack.emulator.lambda.sandbox;

import dev.ruststack.emulator.lambda.sandbox.LanguageRuntime.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process of this machine in a folder of its own. Its {@code /tmp} is {@code TMPDIR}, which every language's
 * functions for temporary files honour; its home directory is there too, so that a function reads no settings of
 * whoever runs the emulator.
 */
final class ProcessSandbox implements Sandbox {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessSandbox.class);
    private static final long MEMORY_IS_FRESH = TimeUnit.MILLISECONDS.toNanos(50);

    private final ProcessLauncher launcher;
    private final Path folder;
    private volatile @Nullable Running running;
    private volatile boolean closed;

    ProcessSandbox(ProcessLauncher launcher, Path folder) {
        this.launcher = launcher;
        this.folder = folder;
    }

    @Override
    public void start(Program program, Listener listener) throws SandboxException {
        var command = launcher.runtime(program.runtime()).command(program);
        if (command.warning() != null && launcher.isNews(program.function(), command.warning())) {
            listener.notice(command.warning());
        }
        var builder = new ProcessBuilder(command.line())
                .directory(program.code().toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment(program, command));
        try {
            if (closed) {
                throw new IOException("the emulator is stopping");
            }
            running = new Running(launcher.guard().start(builder), listener);
        } catch (IOException e) {
            throw new SandboxException(
                    SandboxException.Kind.UNAVAILABLE, "the function's process cannot start: " + e.getMessage());
        }
    }

    private Map<String, String> environment(Program program, Command command) {
        var code = program.code().toString();
        var temporary = folder.resolve("tmp").toString();
        var variables = new HashMap<String, String>();
        variables.put("PATH", System.getenv().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin"));
        variables.put("LD_LIBRARY_PATH", code + ":" + code + "/lib");
        variables.put("LANG", "en_US.UTF-8");
        variables.put("TZ", ":UTC");
        variables.put("TMPDIR", temporary);
        variables.put("HOME", temporary);
        variables.putAll(command.variables());
        variables.putAll(program.variables());
        var layers = program.layers();
        if (layers != null) {
            LayerPaths.of(layers, program.runtime())
                    .forEach((name, paths) -> variables.merge(name, paths, LayerPaths::join));
        }
        variables.put("LAMBDA_TASK_ROOT", code);
        variables.put("LAMBDA_RUNTIME_DIR", command.directory().toString());
        return variables;
    }

    @Override
    public void kill() {
        var process = running;
        if (process != null) {
            process.kill();
        }
    }

    @Override
    public void terminate() {
        var process = running;
        if (process != null) {
            process.process.destroy();
        }
    }

    @Override
    public void flush() {
        var process = running;
        if (process != null) {
            process.output.flush();
        }
    }

    @Override
    public long peakMemory() {
        var process = running;
        return process == null ? 0 : process.peakMemory();
    }

    @Override
    public void close() {
        closed = true;
        var process = running;
        if (process != null) {
            process.kill();
            process.awaitEnd();
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            // The guard removes it in the end.
            LOG.debug("Left for later: {}", folder, e);
        }
    }

    /** One process from its start to its end. */
    private final class Running {
        private final Process process;
        private final ProcessOutput output;
        private volatile long peakMemory;
        private volatile long measuredAt = System.nanoTime() - MEMORY_IS_FRESH;

        Running(Process process, Listener listener) {
            this.process = process;
            this.output = new ProcessOutput(process.getInputStream(), listener::line);
            launcher.pump().add(output);
            var _ = process.onExit().thenAccept(ended -> {
                launcher.pump().remove(output);
                output.flush();
                listener.exited(Exit.ofStatus(ended.exitValue(), peakMemory));
            });
        }

        /** Looked up at most every 50 ms: it only ever grows, and every invocation asks. */
        long peakMemory() {
            long now = System.nanoTime();
            if (now - measuredAt >= MEMORY_IS_FRESH) {
                peakMemory = Math.max(peakMemory, ProcessMemory.peak(process.pid()));
                measuredAt = now;
            }
            return peakMemory;
        }

        void kill() {
            if (process.isAlive()) {
                output.flush();
                launcher.guard().kill(process);
            }
        }

        void awaitEnd() {
            try {
                if (!process.waitFor(5, TimeUnit.SECONDS)) {
                    LOG.warn("Process {} of a function has not ended.", process.pid());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
