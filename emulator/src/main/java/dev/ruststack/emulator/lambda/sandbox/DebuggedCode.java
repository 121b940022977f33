package dev.ruststack.emulator.lambda.sandbox;

import dev.ruststack.emulator.process.ProcessGuard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a process with a debugger needs of this machine: its port, which the process before may still hold, and its code
 * at a path that stays the same when the code changes, for debuggers to be told once which source is which file.
 */
final class DebuggedCode {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);
    private static final long PAUSE_MILLIS = 20;

    private DebuggedCode() {}

    /** Waits for the port, and copies the code to {@code ruststack-debug/FUNCTION} in the temporary folder. */
    static Path prepare(Sandbox.Program program, ProcessGuard guard) throws SandboxException {
        try {
            awaitPort(program);
            var root = Path.of(System.getProperty("java.io.tmpdir"), "ruststack-debug");
            var target = root.resolve(program.function());
            guard.ownDirectory(target);
            delete(target);
            copy(program.code(), target);
            return target;
        } catch (IOException e) {
            throw new SandboxException(
                    SandboxException.Kind.UNAVAILABLE, "the function cannot be debugged: " + e.getMessage());
        }
    }

    private static void awaitPort(Sandbox.Program program) throws IOException {
        int port = program.debugPort() == null ? 0 : program.debugPort();
        long began = System.nanoTime();
        while (!isFree(port)) {
            if (System.nanoTime() - began > PATIENCE) {
                throw new IOException("its debugPort " + port + " is in use");
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Files.createDirectories(to.resolve(from.relativize(directory).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                var target = to.resolve(from.relativize(file).toString());
                Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES, java.nio.file.LinkOption.NOFOLLOW_LINKS);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.isDirectory(tree, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(tree);
            return;
        }
        try (var files = Files.walk(tree)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** The program with another task root. */
    static Sandbox.Program at(Sandbox.Program program, @Nullable Path code) throws SandboxException {
        return new Sandbox.Program(
                program.function(),
                program.runtime(),
                code == null ? program.code() : code,
                program.layers(),
                program.image(),
                Debugger.variables(program, "127.0.0.1", null),
                program.debugPort());
    }
}
