package dev.ruststack.cli.build;

import dev.ruststack.emulator.process.ProcessGuard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A builder with a cache of its own, the function's folder to build, and what the build said. */
final class BuildFixture implements BeforeEachCallback, AfterEachCallback {
    final List<String> progress = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, String> environment = new HashMap<>(System.getenv());
    private Path root;
    private ProcessGuard guard;

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        root = Files.createTempDirectory("build-test-").toRealPath();
        guard = ProcessGuard.start();
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        guard.close();
        Folders.delete(root);
    }

    Path root() {
        return root;
    }

    Path cacheRoot() {
        return root.resolve("cache");
    }

    ProcessGuard guard() {
        return guard;
    }

    BuildCache cache() {
        return new BuildCache(cacheRoot(), guard);
    }

    BuildCache cache(long maxBytes, Clock clock) {
        return new BuildCache(cacheRoot(), guard, maxBytes, clock);
    }

    /** Sets a variable that the build and its tools see. */
    BuildFixture with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    FunctionSource source(String runtime) {
        return new FunctionSource("web", runtime, root.resolve("web"));
    }

    BuiltFunction build(String runtime) throws BuildException, InterruptedException {
        return build(source(runtime));
    }

    BuiltFunction build(FunctionSource source) throws BuildException, InterruptedException {
        return builder().build(source, progress::add);
    }

    FunctionBuilder builder() {
        return new FunctionBuilder(cache(), new Commands(environment, guard));
    }

    /** Writes a file, below the test's folder. */
    Path write(String name, String content) throws IOException {
        var file = root.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        return Files.writeString(file, content);
    }

    /** Writes a shell script that may be executed. */
    Path script(String name, String content) throws IOException {
        var file = write(name, "#!/bin/sh\n" + content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** What builds have not cleaned up. */
    List<Path> leftovers() throws IOException {
        var workspaces = cacheRoot().resolve("tmp");
        return Files.exists(workspaces) ? Folders.children(workspaces) : List.of();
    }

    /** The text of each file in a zip file, by name. */
    static Map<String, String> contents(Path zip) throws IOException {
        var contents = new TreeMap<String, String>();
        try (var file = ZipFile.builder().setPath(zip).get()) {
            for (var entry : Collections.list(file.getEntries())) {
                try (var in = file.getInputStream(entry)) {
                    contents.put(entry.getName(), new String(in.readAllBytes()));
                }
            }
        }
        return contents;
    }

    /** The Unix mode of each entry of a zip file, in octal, by name. */
    static Map<String, String> modes(Path zip) throws IOException {
        var modes = new TreeMap<String, String>();
        try (var file = ZipFile.builder().setPath(zip).get()) {
            for (var entry : Collections.list(file.getEntries())) {
                modes.put(entry.getName(), Integer.toOctalString(entry.getUnixMode()));
            }
        }
        return modes;
    }
}
