package dev.ruststack.emulator.lambda.sandbox;

import dev.ruststack.emulator.lambda.sandbox.Sandbox.Exit;
import dev.ruststack.emulator.lambda.sandbox.Sandbox.Listener;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The extensions of one function as processes of this machine: every file in {@code extensions} of its layers. AWS:
 * Lambda Developer Guide, Using the Lambda Extensions API to create extensions, Registering.
 */
final class LocalExtensions {
    /** What only the runtime's process is told. AWS: Lambda Developer Guide, Extensions API, Environment variables. */
    private static final Set<String> OF_RUNTIME = Set.of(
            "AWS_EXECUTION_ENV",
            "AWS_LAMBDA_EXEC_WRAPPER",
            "AWS_LAMBDA_LOG_GROUP_NAME",
            "AWS_LAMBDA_LOG_STREAM_NAME",
            "AWS_XRAY_CONTEXT_MISSING",
            "LAMBDA_RUNTIME_DIR",
            "LAMBDA_TASK_ROOT",
            "_HANDLER");

    private static final int CANNOT_EXECUTE = 126;

    private final Map<String, Path> programs;
    private final List<LocalProcess> processes = new CopyOnWriteArrayList<>();

    private LocalExtensions(Map<String, Path> programs) {
        this.programs = programs;
    }

    /** Those of a function's layers; none where there are no layers. */
    static LocalExtensions in(@Nullable Path layers) throws SandboxException {
        var directory = layers == null ? null : layers.resolve("extensions");
        if (directory == null || !Files.isDirectory(directory)) {
            return new LocalExtensions(Map.of());
        }
        var programs = new TreeMap<String, Path>();
        try (var files = Files.list(directory)) {
            files.filter(Files::isRegularFile).forEach(file -> programs.put(String.valueOf(file.getFileName()), file));
        } catch (IOException e) {
            throw new SandboxException(
                    SandboxException.Kind.UNAVAILABLE, "the function's extensions cannot be read: " + e.getMessage());
        }
        return new LocalExtensions(programs);
    }

    Set<String> names() {
        return programs.keySet();
    }

    /** Starts each; what cannot be started is told, and is no reason not to start the others. */
    void start(ProcessLauncher launcher, Map<String, String> variables, Path folder, Listener listener) {
        var own = new HashMap<>(variables);
        own.keySet().removeAll(OF_RUNTIME);
        programs.forEach((name, file) -> {
            if (!Files.isExecutable(file)) {
                listener.extensionNotStarted(name, forkExec(name, "permission denied"));
                return;
            }
            var builder = new ProcessBuilder(file.toString())
                    .directory(folder.toFile())
                    .redirectErrorStream(true);
            builder.environment().clear();
            builder.environment().putAll(own);
            try {
                processes.add(new LocalProcess(
                        launcher,
                        launcher.guard().start(builder),
                        listener::extensionLine,
                        exit -> ended(name, file, exit, listener)));
            } catch (IOException e) {
                listener.extensionNotStarted(name, forkExec(name, String.valueOf(e.getMessage())));
            }
        });
    }

    private static String forkExec(String name, String why) {
        return "fork/exec /opt/extensions/" + name + ": " + why;
    }

    private static void ended(String name, Path file, Exit exit, Listener listener) {
        if (exit.code() == CANNOT_EXECUTE && !isScript(file)) {
            listener.extensionNotStarted(name, forkExec(name, "exec format error"));
        } else {
            listener.extensionExited(name, exit);
        }
    }

    private static boolean isScript(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == '#' && in.read() == '!';
        } catch (IOException e) {
            return false;
        }
    }

    List<LocalProcess> processes() {
        return processes;
    }
}
