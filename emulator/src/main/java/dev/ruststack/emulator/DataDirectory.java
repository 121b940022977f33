package dev.ruststack.emulator;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of an emulator's data. Where the data outlives the emulator, only one at a time has the directory, and
 * none that would remove it.
 */
final class DataDirectory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);

    /** Says that there is data to be kept, and how. Locked by the emulator that has it; the kernel frees it with it. */
    private static final String MARK = "ruststack-data";

    private static final String FORMAT = "format 1\n";

    private final Path path;
    private final @Nullable FileChannel lock;

    private DataDirectory(Path path, @Nullable FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Takes a directory into use; made where it does not exist.
     *
     * @throws IOException where another emulator has it, or what lies there is not for this one
     */
    static DataDirectory open(Path path, EmulatorConfig.Storage storage) throws IOException {
        return switch (storage) {
            case EPHEMERAL -> {
                if (Files.exists(path.resolve(MARK))) {
                    throw new IOException(
                            path + " holds data that is to be kept, and an emulator with Ephemeral storage"
                                    + " would remove it; use Persistent, or another directory");
                }
                yield new DataDirectory(path, null);
            }
            case PERSISTENT -> new DataDirectory(path, lock(Files.createDirectories(path)));
        };
    }

    private static FileChannel lock(Path path) throws IOException {
        var mark = FileChannel.open(
                path.resolve(MARK), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (tryLock(mark) == null) {
                throw new IOException(path + " is in use by another emulator, which has to end first");
            }
            requireFormat(path, mark);
            return mark;
        } catch (IOException e) {
            mark.close();
            throw e;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel mark) throws IOException {
        try {
            return mark.tryLock();
        } catch (OverlappingFileLockException e) {
            // Held within this process.
            return null;
        }
    }

    private static void requireFormat(Path path, FileChannel mark) throws IOException {
        var found = ByteBuffer.allocate(64);
        mark.read(found, 0);
        var format = new String(found.array(), 0, found.position(), StandardCharsets.UTF_8);
        // Nothing where the process ended before it had written it: then there is no data either.
        if (FORMAT.startsWith(format)) {
            mark.write(ByteBuffer.wrap(FORMAT.getBytes(StandardCharsets.UTF_8)), 0);
        } else {
            throw new IOException(path + " holds data of another version of RustStack (" + format.strip()
                    + "), which this one cannot read; use that version, or remove the data");
        }
    }

    /** Gives the directory up; what need not outlive the emulator is removed. */
    @Override
    public void close() {
        if (lock == null) {
            remove(path);
            return;
        }
        try {
            lock.close();
        } catch (IOException e) {
            LOG.warn("Could not unlock {}", path, e);
        }
    }

    /** Removes a directory with all that is in it; links are removed and not followed. One that is mounted stays, empty. */
    private static void remove(Path directory) {
        try {
            Files.walkFileTree(directory, new Removal(directory));
        } catch (IOException e) {
            LOG.warn("Could not remove {}: {}", directory, e.toString());
        }
    }

    private static final class Removal extends SimpleFileVisitor<Path> {
        private final Path root;

        Removal(Path root) {
            this.root = root;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
            if (!directory.equals(root)) {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
            try {
                Files.deleteIfExists(directory);
            } catch (IOException mounted) {
                LOG.debug("{} is empty, and stays", directory, mounted);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
        }
    }
}
