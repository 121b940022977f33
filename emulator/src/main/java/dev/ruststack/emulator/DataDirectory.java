package dev.ruststack.emulator;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory of an emulator's data, once it is of no more use. */
final class DataDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);

    private DataDirectory() {}

    /** Removes a directory with all that is in it; links are removed and not followed. One that is mounted stays, empty. */
    static void remove(Path directory) {
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
