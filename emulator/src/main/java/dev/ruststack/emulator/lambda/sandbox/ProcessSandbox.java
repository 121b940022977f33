package dev.ruststack.emulator.lambda.sandbox;

import dev.ruststack.emulator.lambda.sandbox.LanguageRuntime.Command;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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

    private final ProcessLauncher launcher;
    private final Path folder;
    private volatile @Nullable Generation current;
    private volatile boolean closed;
    private final long memoryLimit;
    private final MemoryWatch.Watched watched = this::checkMemory;

    /** The processes of one start. */
    private static final class Generation {
        private final Program program;
        private final Listener listener;
        private final LocalExtensions extensions;
        private volatile @Nullable LocalProcess runtime;
        private volatile boolean outOfMemory;

        Generation(Program program, Listener listener) throws SandboxException {
            this.program = program;
            this.listener = listener;
            this.extensions = LocalExtensions.in(program.layers());
        }

        void exited(Exit exit) {
            listener.exited(outOfMemory ? new Exit(exit.code(), exit.signal(), exit.peakMemory(), true) : exit);
        }

        List<LocalProcess> all() {
            var own = runtime;
            var others = extensions.processes();
            return own == null
                    ? others
                    : others.isEmpty()
                            ? List.of(own)
                            : Stream.concat(Stream.of(own), others.stream()).toList();
        }
    }

    /** @param memoryLimit bytes that everything in it may hold together */
    ProcessSandbox(ProcessLauncher launcher, Path folder, long memoryLimit) {
        this.launcher = launcher;
        this.folder = folder;
        this.memoryLimit = memoryLimit;
        launcher.memory().add(watched);
    }

    /** Kills the runtime where everything together holds too much, as AWS does. */
    private void checkMemory() {
        var started = current;
        if (started == null || started.runtime == null) {
            return;
        }
        long held = 0;
        for (var process : started.all()) {
            held += process.heldMemory();
        }
        if (held > memoryLimit) {
            started.outOfMemory = true;
            started.all().forEach(LocalProcess::measurePeak);
            killRuntime();
        }
    }

    @Override
    public void start(Program given, Listener listener) throws SandboxException {
        var program = given.debugPort() == null
                ? given
                : DebuggedCode.at(given, DebuggedCode.prepare(given, launcher.guard()));
        var next = new Generation(program, listener);
        current = next;
        listener.extensions(next.extensions.names());
        if (next.extensions.names().isEmpty()) {
            startRuntime(next);
        } else {
            var command = launcher.runtime(program.runtime()).command(program);
            next.extensions.start(launcher, environment(program, command), folder, listener);
        }
    }

    @Override
    public void proceed() throws SandboxException {
        var started = current;
        if (started != null && started.runtime == null) {
            startRuntime(started);
        }
    }

    private void startRuntime(Generation generation) throws SandboxException {
        var program = generation.program;
        var listener = generation.listener;
        var command = launcher.runtime(program.runtime()).command(program);
        if (command.warning() != null && launcher.isNews(program.function(), command.warning())) {
            listener.notice(command.warning());
        }
        var builder = new ProcessBuilder(ExecWrapper.around(command.line(), program))
                .directory(program.code().toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment(program, command));
        try {
            if (closed) {
                throw new IOException("the emulator is stopping");
            }
            generation.runtime =
                    new LocalProcess(launcher, launcher.guard().start(builder), listener::line, generation::exited);
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

    private List<LocalProcess> processes() {
        var started = current;
        return started == null ? List.of() : started.all();
    }

    private @Nullable LocalProcess runtime() {
        var started = current;
        return started == null ? null : started.runtime;
    }

    @Override
    public void kill() {
        processes().forEach(LocalProcess::kill);
    }

    @Override
    public void terminate() {
        var process = runtime();
        if (process != null) {
            process.terminate();
        }
    }

    @Override
    public void killRuntime() {
        var process = runtime();
        if (process != null) {
            process.kill();
        }
    }

    @Override
    public void deliver(URI destination, byte[] body) throws IOException, InterruptedException {
        launcher.delivery().send(destination, body);
    }

    @Override
    public void flush() {
        processes().forEach(LocalProcess::flush);
    }

    @Override
    public long peakMemory() {
        long sum = 0;
        for (var process : processes()) {
            sum += process.peakMemory();
        }
        return sum;
    }

    @Override
    public void close() {
        closed = true;
        launcher.memory().remove(watched);
        for (var process : processes()) {
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
}
