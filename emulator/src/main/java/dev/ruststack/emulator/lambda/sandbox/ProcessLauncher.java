package dev.ruststack.emulator.lambda.sandbox;

import dev.ruststack.emulator.process.ProcessGuard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs functions as processes of this machine, each in a folder of its own. What they have in common (the runtime
 * clients, compiled Python) lies beside the folders, in a directory that ends with the emulator.
 */
public final class ProcessLauncher implements SandboxLauncher {
    private static final List<String> CLIENTS = List.of(
            "python/bootstrap.py",
            "python/ruststack_runtime.py",
            "python/ruststack_logging.py",
            "node/bootstrap.cjs",
            "ruby/bootstrap.rb");

    private static final long MEGABYTE = 1024L * 1024;
    private static final int BESIDE_JAVAS_HEAP = 128;

    private final ProcessGuard guard;
    private final Path directory;
    private final List<LanguageRuntime> runtimes;
    private final OutputPump pump = new OutputPump();
    private final LocalDelivery delivery = new LocalDelivery();
    private final MemoryWatch memory = new MemoryWatch();
    private final AtomicLong sandboxes = new AtomicLong();
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    private ProcessLauncher(ProcessGuard guard, Path directory, String searchPath) {
        this.guard = guard;
        this.directory = directory;
        var interpreters = new Interpreters(guard, searchPath);
        this.runtimes = List.of(
                new PythonRuntime(interpreters, directory.resolve("python"), directory.resolve("pycache")),
                new NodeRuntime(interpreters, directory.resolve("node")),
                new RubyRuntime(interpreters, directory.resolve("ruby")),
                new JavaRuntime(new JavaMachines(searchPath), directory),
                new ProvidedRuntime(directory));
    }

    /**
     * Makes a launcher.
     *
     * @param directory its own; removed when the guard is closed
     * @param searchPath where interpreters are sought, as in {@code PATH}
     */
    public static ProcessLauncher in(Path directory, String searchPath, ProcessGuard guard) throws IOException {
        var absolute = directory.toAbsolutePath().normalize();
        guard.ownDirectory(absolute);
        clear(absolute);
        for (var client : CLIENTS) {
            var file = absolute.resolve(client);
            Files.createDirectories(file.getParent());
            try (var content = ProcessLauncher.class.getResourceAsStream(client)) {
                if (content == null) {
                    throw new IOException("missing in this build: " + client);
                }
                Files.copy(content, file);
            }
        }
        return new ProcessLauncher(guard, absolute, searchPath);
    }

    /** What a machine that lost power has left. */
    private static void clear(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (var files = Files.walk(directory)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Override
    public Sandbox launch(Request request) throws SandboxException {
        var runtime = request.runtime();
        if (runtime == null) {
            throw new SandboxException(
                    SandboxException.Kind.RUNTIME_MISSING,
                    "The image %s of function %s cannot run as a local process: functions with PackageType Image run in containers (spec.lambda.executor: Docker) and in a cluster (Pods)."
                            .formatted(request.imageUri(), request.function()));
        }
        runtime(runtime).require(runtime);
        var folder = directory.resolve("sandboxes").resolve(Long.toString(sandboxes.incrementAndGet()));
        try {
            Files.createDirectories(folder.resolve("tmp"));
        } catch (IOException e) {
            throw new SandboxException(
                    SandboxException.Kind.UNAVAILABLE, "cannot make a folder for the function: " + e.getMessage());
        }
        return new ProcessSandbox(this, folder, memoryLimit(request));
    }

    /** Bytes. Java is bounded by its heap, and needs more beside it here than AWS's does. */
    private static long memoryLimit(Request request) {
        boolean isJava = request.runtime() != null && request.runtime().startsWith("java");
        return MEGABYTE * (request.memorySize() + (isJava ? BESIDE_JAVAS_HEAP : 0));
    }

    LanguageRuntime runtime(String identifier) throws SandboxException {
        for (var runtime : runtimes) {
            if (runtime.runs(identifier)) {
                return runtime;
            }
        }
        throw new SandboxException(
                SandboxException.Kind.RUNTIME_MISSING,
                "The runtime %s cannot run as a local process: it runs in containers (spec.lambda.executor: Docker) and in a cluster (Pods).%s Supported are python3.x, nodejsN.x, rubyN.x, javaN, provided.al2023 and provided.al2."
                        .formatted(identifier, instead(identifier)));
    }

    /** .NET's client is part of the function's own program where that is published so. */
    private static String instead(String identifier) {
        if (!identifier.startsWith("dotnet")) {
            return "";
        }
        var version = identifier.substring("dotnet".length());
        return " To run it here, install the .NET SDK %1$s (https://dotnet.microsoft.com/download/dotnet/%1$s.0), add the package Amazon.Lambda.RuntimeSupport, and publish the function self-contained with an executable named bootstrap (dotnet publish --self-contained -p:AssemblyName=bootstrap) for provided.al2023."
                .formatted(version);
    }

    ProcessGuard guard() {
        return guard;
    }

    OutputPump pump() {
        return pump;
    }

    LocalDelivery delivery() {
        return delivery;
    }

    MemoryWatch memory() {
        return memory;
    }

    /** Whether this function has not been told this before. */
    boolean isNews(String function, String warning) {
        return warned.add(function + '\n' + warning);
    }

    @Override
    public void close() {
        pump.close();
        delivery.close();
        memory.close();
    }
}
