package dev.ruststack.cli.docker;

import dev.ruststack.cli.CommandException;
import dev.ruststack.cli.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;

/** The runner for each architecture, which the build makes where it has Go, and what containers get of it. */
final class RunnerPrograms {
    /** Names the folder where it is not in its usual place. */
    static final String PROPERTY = "ruststack.runner";

    /** Around AWS's start of Python, where a debugger is to attach. */
    private static final String DEBUG_PYTHON = """
            #!/bin/sh
            python=$1
            shift
            cd "$LAMBDA_TASK_ROOT" || exit
            "$python" -c 'import debugpy' 2>/dev/null || {
              echo "the function has a debugPort and debugpy cannot be imported: put debugpy into its requirements.txt" >&2
              exit 1
            }
            exec "$python" -m debugpy --listen "$RUSTSTACK_DEBUGGER" "$@"
            """;

    private final @Nullable Path folder;
    private final Map<String, byte[]> programs = new ConcurrentHashMap<>();

    RunnerPrograms(@Nullable Path folder) {
        this.folder = folder;
    }

    /** The folder that {@value #PROPERTY} names, or that of this build. */
    static RunnerPrograms locate() {
        var named = System.getProperty(PROPERTY);
        return new RunnerPrograms(named == null ? ofThisBuild() : Path.of(named));
    }

    private static @Nullable Path ofThisBuild() {
        try {
            var source = RunnerPrograms.class.getProtectionDomain().getCodeSource();
            // Beside target/classes or the jar.
            return source == null ? null : Path.of(source.getLocation().toURI()).resolveSibling("runner");
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /** Throws where there is none for an architecture, {@code amd64} or {@code arm64}. */
    void require(String architecture) {
        program(architecture);
    }

    /** The runner and a token, as a tar for the container's folder {@code /ruststack}. */
    InputStream tar(String architecture, String token) {
        var program = program(architecture);
        var bytes = new ByteArrayOutputStream(program.length + 4096);
        try (var tar = new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name())) {
            put(tar, "runner", 0555, program);
            put(tar, "debug-python", 0555, DEBUG_PYTHON.getBytes(StandardCharsets.UTF_8));
            put(tar, "token", 0600, token.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    private static void put(TarArchiveOutputStream tar, String name, int mode, byte[] content) throws IOException {
        var entry = new TarArchiveEntry(name);
        entry.setMode(mode);
        entry.setIds(0, 0);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private byte[] program(String architecture) {
        return programs.computeIfAbsent(architecture, this::read);
    }

    private byte[] read(String architecture) {
        var file = folder == null ? null : folder.resolve("runner-linux-" + architecture);
        try {
            if (file != null && Files.isRegularFile(file)) {
                return Files.readAllBytes(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new CommandException(
                ExitCode.NOT_STARTED,
                "this build has no runner for containers of linux/" + architecture + (file == null ? "" : ": " + file),
                "It was built without Go. Install Go 1.24 or newer and build again: ./mvnw -Dquick -pl cli -am package");
    }
}
