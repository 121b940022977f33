package dev.ruststack.cli.build;

import dev.ruststack.emulator.process.ProcessGuard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finished zip files on disk, each found by the key of what it was made from. An entry's file name also holds the digest
 * of its content: entries appear by one atomic rename, any number of processes may share the folder without locks, and an
 * entry that is not whole is recognized and made again. Holds 1 GiB; what was not used for longest goes first.
 */
final class BuildCache {
    private static final long MAX_BYTES = 1L << 30;

    /** Another run may have been given an entry this recently and not have read it yet. */
    private static final Duration IN_USE = Duration.ofHours(1);

    private static final Duration ABANDONED = Duration.ofDays(1);

    private final Path root;
    private final ProcessGuard guard;
    private final long maxBytes;
    private final Clock clock;

    BuildCache(Path root, ProcessGuard guard) {
        this(root, guard, MAX_BYTES, Clock.systemUTC());
    }

    BuildCache(Path root, ProcessGuard guard, long maxBytes, Clock clock) {
        this.root = root;
        this.guard = guard;
        this.maxBytes = maxBytes;
        this.clock = clock;
    }

    Path root() {
        return root;
    }

    /** The entry of a key, verified; broken ones are removed. */
    Optional<Path> find(String key) throws IOException {
        for (var entry : entries()) {
            if (!entry.getFileName().toString().startsWith(key + ".")) {
                continue;
            }
            if (isWhole(key, entry)) {
                touch(entry);
                return Optional.of(entry);
            }
            Files.deleteIfExists(entry);
        }
        return Optional.empty();
    }

    /** Moves a finished file of a workspace into the cache. */
    Path store(String key, Path finished) throws IOException {
        var entry = Files.createDirectories(folder()).resolve(fileName(key, finished));
        Files.move(finished, entry, StandardCopyOption.ATOMIC_MOVE);
        touch(entry);
        prune();
        return entry;
    }

    /** A new folder to build in, on the file system of the entries. */
    Workspace newWorkspace() throws IOException {
        var workspaces = Files.createDirectories(root.resolve("tmp"));
        var abandoned = clock.instant().minus(ABANDONED);
        for (var workspace : uses(workspaces)) {
            if (workspace.last().isBefore(abandoned)) {
                Folders.delete(workspace.path());
            }
        }
        var folder = Files.createTempDirectory(workspaces, "build-");
        guard.ownDirectory(folder);
        return new Workspace(folder, guard);
    }

    /** A folder of one build; closing removes it with all it holds. */
    record Workspace(Path folder, ProcessGuard guard) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            Folders.delete(folder);
            guard.disownDirectory(folder);
        }
    }

    private Path folder() {
        return root.resolve("functions");
    }

    private List<Path> entries() throws IOException {
        return Files.isDirectory(folder()) ? Folders.children(folder()) : List.of();
    }

    private static boolean isWhole(String key, Path entry) throws IOException {
        try {
            return entry.endsWith(fileName(key, entry));
        } catch (NoSuchFileException removedByAnotherRun) {
            return false;
        }
    }

    private static String fileName(String key, Path file) throws IOException {
        return key + "." + Fingerprint.of(file) + ".zip";
    }

    private void touch(Path entry) throws IOException {
        // A cache that somebody else filled may be read-only, and is as good.
        if (Files.isWritable(entry)) {
            Files.setLastModifiedTime(entry, FileTime.from(clock.instant()));
        }
    }

    private void prune() throws IOException {
        var entries = uses(folder());
        entries.sort(Comparator.comparing(Use::last).reversed());
        var inUse = clock.instant().minus(IN_USE);
        long total = 0;
        for (var entry : entries) {
            total += entry.bytes();
            if (total > maxBytes && entry.last().isBefore(inUse)) {
                Files.deleteIfExists(entry.path());
            }
        }
    }

    private record Use(Path path, long bytes, Instant last) {}

    private static List<Use> uses(Path folder) throws IOException {
        var uses = new ArrayList<Use>();
        for (var path : Folders.children(folder)) {
            try {
                var attributes = Files.readAttributes(path, BasicFileAttributes.class);
                uses.add(new Use(
                        path, attributes.size(), attributes.lastModifiedTime().toInstant()));
            } catch (NoSuchFileException _) {
                // Another run has just removed it.
            }
        }
        return uses;
    }
}
