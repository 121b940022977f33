package dev.ruststack.cli.up;

import dev.ruststack.cli.build.BuildException;
import dev.ruststack.cli.build.FunctionBuilder;
import dev.ruststack.cli.build.FunctionSource;
import dev.ruststack.cli.terminal.Progress;
import dev.ruststack.crds.RustStackSpec;
import dev.ruststack.crds.function.FunctionSpec;
import dev.ruststack.emulator.seed.SeedSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * What a declaration names on this machine. Functions are built side by side, from the moment on that they are known;
 * seeding waits for each where it needs it. Asked for again, as by a reset, a function is built again, which costs
 * nothing where its code is as it was.
 */
final class FunctionBuilds implements SeedSources, AutoCloseable {
    private final Path folder;
    private final FunctionBuilder builder;
    private final Timings timings;
    private final Map<String, FunctionSource> sources = new ConcurrentHashMap<>();
    private final Map<String, FutureTask<Path>> first = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<String> unfinished = new ArrayList<>();
    private Progress.@Nullable Step step;

    private FunctionBuilds(Path folder, FunctionBuilder builder, Timings timings) {
        this.folder = folder;
        this.builder = builder;
        this.timings = timings;
    }

    /**
     * Begins to build every function that has a {@code code.path}.
     *
     * @param folder what paths are relative to
     */
    static FunctionBuilds start(
            RustStackSpec spec, Path folder, FunctionBuilder builder, Progress progress, Timings timings) {
        var builds = new FunctionBuilds(folder, builder, timings);
        for (var function : spec.functions()) {
            var source = builds.source(function);
            if (source != null) {
                builds.sources.put(function.name(), source);
                builds.unfinished.add(function.name());
            }
        }
        if (!builds.sources.isEmpty()) {
            builds.step = progress.begin("Building functions");
            builds.tell("");
            builds.sources.values().forEach(builds::begin);
        }
        return builds;
    }

    private @Nullable FunctionSource source(FunctionSpec function) {
        var path = function.code().path();
        return path == null || function.runtime() == null
                ? null
                : new FunctionSource(function.name(), function.runtime(), folder.resolve(path));
    }

    private void begin(FunctionSource source) {
        var task = new FutureTask<>(() -> build(source));
        first.put(source.name(), task);
        threads.add(Thread.ofVirtual().name("build-" + source.name()).start(task));
    }

    private Path build(FunctionSource source) throws BuildException, InterruptedException {
        try {
            return builder.build(source, this::tell).zip();
        } finally {
            finished(source.name());
        }
    }

    private synchronized void tell(String line) {
        if (step != null) {
            step.detail(String.join(", ", unfinished) + (line.isBlank() ? "" : ": " + line.strip()));
        }
    }

    private synchronized void finished(String function) {
        unfinished.remove(function);
        if (unfinished.isEmpty() && step != null) {
            timings.add("functions", step.done());
            step = null;
        }
        tell("");
    }

    /** What is built: the source of each function that has a {@code code.path}. */
    Collection<FunctionSource> sources() {
        return List.copyOf(sources.values());
    }

    @Override
    public Path resolve(String path) throws IOException {
        var resolved = folder.resolve(path).normalize();
        if (!Files.exists(resolved)) {
            throw new IOException("no such file or folder: " + resolved + "; paths are relative to the YAML file");
        }
        return resolved;
    }

    @Override
    public Path deploymentPackage(String functionName, String codePath) throws IOException, InterruptedException {
        var task = first.remove(functionName);
        var source = sources.get(functionName);
        try {
            if (task != null) {
                return task.get();
            }
            if (source == null) {
                throw new IOException("function " + functionName + " was not declared with code.path " + codePath
                        + " when this stack was started");
            }
            return build(source);
        } catch (ExecutionException e) {
            throw cause(e.getCause());
        } catch (CancellationException e) {
            throw new IOException("the stack is stopping", e);
        } catch (BuildException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public Path layerPackage(String layerName, String codePath) throws IOException, InterruptedException {
        try {
            return builder.build(FunctionSource.layer(layerName, folder.resolve(codePath)), line -> {})
                    .zip();
        } catch (BuildException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static IOException cause(@Nullable Throwable cause) throws InterruptedException {
        return switch (cause) {
            case InterruptedException interrupt -> throw interrupt;
            case Error error -> throw error;
            case RuntimeException mistake -> throw mistake;
            case null -> new IOException("the build failed");
            default -> new IOException(cause.getMessage(), cause);
        };
    }

    /** Ends the builds that still run, with all that they started. */
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}
