package dev.ruststack.emulator.process;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that no child process and no temporary directory outlives the emulator, however it ends: closed, stopped by
 * a signal, or by {@code kill -9}.
 *
 * <p>A tiny shell script ({@code guard.sh}), in a session of its own, reads from a pipe what there is to end. When the
 * emulator is gone the pipe ends, and the script kills the process groups and removes the directories it was told of.
 * A child waits at a gate (a line on its standard input) until the guard knows it, so there is no moment at which it
 * could be forgotten: if the emulator dies before, the gate's pipe ends too and the child never runs.
 *
 * <p>A child leads a process group of its own, and carries a mark in its environment ({@code RUSTSTACK_CHILD}) by which,
 * on Linux, even descendants with a session of their own are found. Its standard input is empty. A command that does
 * not exist ends with status 127, as in a shell.
 */
public final class ProcessGuard implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessGuard.class);
    private static final String MARK = "RUSTSTACK_CHILD";
    private static final String GATE = "read -r go && exec \"$@\" </dev/null";

    private final String id = UUID.randomUUID().toString();
    private final AtomicLong children = new AtomicLong();
    private final List<String> newSession = newSession();
    private final Map<Process, String> marks = new LinkedHashMap<>();
    private final Set<Path> directories = new LinkedHashSet<>();
    private @Nullable Process guard;
    private boolean closed;

    private ProcessGuard() {}

    /** Starts the guard. */
    public static ProcessGuard start() throws IOException {
        var processGuard = new ProcessGuard();
        processGuard.startGuard();
        return processGuard;
    }

    /**
     * Starts a child that ends with the emulator. Takes command, directory, environment and output redirections of the
     * builder, which stays as it is.
     */
    public Process start(ProcessBuilder builder) throws IOException {
        var mark = id + "." + children.incrementAndGet();
        var child = gated(builder, mark).start();
        try (var gate = child.getOutputStream()) {
            register(child, mark);
            gate.write('\n');
        } catch (IOException e) {
            kill(child);
            throw e;
        }
        return child;
    }

    /** Has a directory removed, with all that is in it, when the emulator ends. */
    public synchronized void ownDirectory(Path directory) {
        var path = directory.toAbsolutePath().normalize();
        if (path.toString().contains("\n") || path.getNameCount() == 0) {
            throw new IllegalArgumentException("not a directory to own: " + path);
        }
        directories.add(path);
        tellUnlessGone("own " + path);
    }

    /** Undoes {@link #ownDirectory}, for a directory that is gone or is to stay. */
    public synchronized void disownDirectory(Path directory) {
        var path = directory.toAbsolutePath().normalize();
        if (directories.remove(path)) {
            tellUnlessGone("disown " + path);
        }
    }

    /** Kills a child at once, with everything it started. */
    public void kill(Process child) {
        var descendants = child.descendants().toList();
        forget(child);
        child.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
    }

    /** Kills every child, removes every owned directory, and returns when that is done. */
    @Override
    public void close() {
        var ending = endOfCommands();
        if (ending == null) {
            return;
        }
        try {
            if (!ending.waitFor(30, TimeUnit.SECONDS)) {
                LOG.warn("Child processes or temporary directories resist their removal.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized @Nullable Process endOfCommands() {
        if (closed || guard == null) {
            return null;
        }
        closed = true;
        try {
            guard.getOutputStream().close();
        } catch (IOException e) {
            LOG.debug("The guard had ended before its input", e);
        }
        return guard;
    }

    private ProcessBuilder gated(ProcessBuilder builder, String mark) {
        var command = new ArrayList<>(newSession);
        command.addAll(List.of("/bin/sh", "-c", GATE, "ruststack-child"));
        command.addAll(builder.command());
        var gated = new ProcessBuilder(command)
                .directory(builder.directory())
                .redirectOutput(builder.redirectOutput())
                .redirectError(builder.redirectError())
                .redirectErrorStream(builder.redirectErrorStream());
        gated.environment().clear();
        gated.environment().putAll(builder.environment());
        gated.environment().put(MARK, mark + ".");
        return gated;
    }

    private synchronized void register(Process child, String mark) throws IOException {
        if (closed) {
            throw new IOException("the emulator is stopping");
        }
        tell("add " + child.pid() + " " + mark);
        marks.put(child, mark);
        var _ = child.onExit().thenRun(() -> forget(child));
    }

    /** What a child leaves behind dies with it. */
    private synchronized void forget(Process child) {
        var mark = marks.remove(child);
        if (mark != null && !closed) {
            tellUnlessGone("end " + child.pid() + " " + mark);
        }
    }

    private void tellUnlessGone(String command) {
        try {
            tell(command);
        } catch (IOException e) {
            LOG.debug("The guard has gone; the next one is told everything", e);
        }
    }

    /** A short write to a pipe that is read at once: the one I/O done under the lock, to keep commands whole. */
    private void tell(String command) throws IOException {
        if (guard != null) {
            OutputStream commands = guard.getOutputStream();
            commands.write((command + "\n").getBytes(StandardCharsets.UTF_8));
            commands.flush();
        }
    }

    private synchronized void startGuard() throws IOException {
        if (closed) {
            return;
        }
        var command = new ArrayList<>(newSession);
        var sign = newSession.isEmpty() ? "" : "-";
        command.addAll(List.of("/bin/sh", "-c", script(), "ruststack-guard", id, sign));
        var builder =
                new ProcessBuilder(command).redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD);
        builder.environment().remove(MARK);
        guard = builder.start();
        for (var entry : marks.entrySet()) {
            tell("add " + entry.getKey().pid() + " " + entry.getValue());
        }
        for (var directory : directories) {
            tell("own " + directory);
        }
        var _ = guard.onExit().thenRun(this::guardEnded);
    }

    private void guardEnded() {
        try {
            startGuard();
        } catch (IOException e) {
            LOG.error("The guard of child processes ended and cannot be started again: {}", e.getMessage());
        }
    }

    private static String script() {
        try (var script = ProcessGuard.class.getResourceAsStream("guard.sh")) {
            if (script == null) {
                throw new IllegalStateException("guard.sh is missing");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What makes a command lead a session: util-linux and busybox have setsid, macOS has Perl. */
    private static List<String> newSession() {
        var setsid = onPath("setsid");
        if (setsid != null) {
            return List.of(setsid);
        }
        var perl = onPath("perl");
        return perl == null ? List.of() : List.of(perl, "-MPOSIX=setsid", "-e", "setsid; exec @ARGV", "--");
    }

    private static @Nullable String onPath(String program) {
        for (var directory :
                System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(File.pathSeparator)) {
            var file = Path.of(directory, program);
            if (file.isAbsolute() && Files.isExecutable(file) && Files.isRegularFile(file)) {
                return file.toString();
            }
        }
        return null;
    }
}
