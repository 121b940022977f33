package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.lambda.sandbox.PodLauncher;
import dev.ruststack.emulator.lambda.sandbox.Sandboxes.SandboxView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * In the place of the operator and its pods: for each sandbox that is wanted a process of the real runner, in a folder
 * of its own that stands for the pod's volumes. Its Python is the one of this machine.
 */
final class LocalPods implements AutoCloseable {
    static final String KEY = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    private static final Path PROGRAM = Path.of("target", "runner-under-test").toAbsolutePath();
    private static boolean built;

    private final Path directory;
    private final PodLauncher launcher;
    private final int port;
    private final Map<String, Process> processes = new HashMap<>();
    private final List<SandboxView> made = new ArrayList<>();
    private boolean closed;
    private boolean idle;

    LocalPods(Path directory, PodLauncher launcher, int port) throws IOException, InterruptedException {
        build();
        this.directory = directory;
        this.launcher = launcher;
        this.port = port;
        launcher.onChange(() -> Thread.startVirtualThread(this::reconcile));
    }

    /** The program as it is in the image. */
    private static synchronized void build() throws IOException, InterruptedException {
        if (built) {
            return;
        }
        var source = Path.of("..", "runner").toFile();
        Process go;
        try {
            go = new ProcessBuilder("go", "build", "-trimpath", "-o", PROGRAM.toString(), ".")
                    .directory(source)
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new AssertionError("These tests run the real runner, and need Go 1.24 or newer on the PATH.", e);
        }
        var output = new String(go.getInputStream().readAllBytes());
        if (go.waitFor() != 0) {
            throw new AssertionError("go build ./runner: " + output);
        }
        built = true;
    }

    /** Makes no pods any more, as an operator that is away. */
    synchronized void beIdle() {
        idle = true;
    }

    private synchronized void reconcile() {
        if (closed) {
            return;
        }
        var wanted = launcher.wanted();
        for (var view : wanted) {
            if (!idle && !processes.containsKey(view.id())) {
                made.add(view);
                processes.put(view.id(), start(view.id()));
            }
        }
        for (var each : processes.entrySet()) {
            if (wanted.stream().noneMatch(view -> view.id().equals(each.getKey()))) {
                each.getValue().destroyForcibly();
            }
        }
    }

    /** Every sandbox that a pod was made for, as it was then. */
    synchronized List<SandboxView> made() {
        return List.copyOf(made);
    }

    synchronized Process process(String id) {
        var process = processes.get(id);
        if (process == null) {
            throw new AssertionError("no pod of " + id);
        }
        return process;
    }

    Path pod(String id) {
        return directory.resolve(id);
    }

    private Process start(String id) {
        try {
            var pod = Files.createDirectories(pod(id));
            Files.createDirectories(pod.resolve("tmp"));
            writeBootstrap(pod);
            run(id, "install", pod.toString()).onExit().join();
            return run(
                    id,
                    "run",
                    "-token",
                    pod.resolve("token").toString(),
                    "-task",
                    pod.resolve("task").toString(),
                    "-opt",
                    pod.resolve("opt").toString(),
                    "-bootstraps",
                    pod.resolve("task/bootstrap") + ":" + pod.resolve("runtime/bootstrap"),
                    "-cgroup",
                    pod.resolve("cgroup").toString(),
                    "-relay",
                    "127.0.0.1:0");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeBootstrap(Path pod) throws IOException {
        var bootstrap = Files.createDirectories(pod.resolve("runtime")).resolve("bootstrap");
        for (var client : List.of("bootstrap.py", "ruststack_runtime.py", "ruststack_logging.py")) {
            try (var content = PodLauncher.class.getResourceAsStream("python/" + client)) {
                Files.copy(
                        java.util.Objects.requireNonNull(content),
                        pod.resolve("runtime").resolve(client));
            }
        }
        Files.writeString(bootstrap, """
                #!/bin/sh
                export PYTHONPATH=%1$s/runtime LAMBDA_TASK_ROOT=%1$s/task TMPDIR=%1$s/tmp PYTHONDONTWRITEBYTECODE=1
                exec python3 %1$s/runtime/bootstrap.py
                """.formatted(pod));
        bootstrap.toFile().setExecutable(true);
    }

    private Process run(String id, String... arguments) throws IOException {
        var line = new ArrayList<>(List.of(PROGRAM.toString()));
        line.addAll(List.of(arguments));
        var builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(pod(id).resolve("log").toFile());
        builder.environment().put("RUSTSTACK_SANDBOX", id);
        builder.environment().put("RUSTSTACK_EMULATOR", "127.0.0.1:" + port);
        if (arguments[0].equals("install")) {
            builder.environment().put("RUSTSTACK_RUNNER_KEY", KEY);
        }
        return builder.start();
    }

    /** The only pod there is. */
    @Nullable
    synchronized SandboxView only() {
        return made.size() == 1 ? made.getFirst() : null;
    }

    @Override
    public void close() throws InterruptedException {
        List<Process> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(processes.values());
        }
        for (var process : all) {
            process.destroy();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("a runner does not end");
            }
        }
    }
}
