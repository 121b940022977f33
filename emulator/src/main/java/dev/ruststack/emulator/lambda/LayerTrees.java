package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.lambda.FunctionConfiguration.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Directories with the files of several layers, made once for each list of layers. The files themselves are the layers'
 * own, by hard links, so that a directory costs next to nothing.
 */
final class LayerTrees {
    private final Path root;

    /** @param root on the file system of the packages */
    LayerTrees(Path root) {
        this.root = root;
    }

    /** The directory for a list of layers, whether or not it is there. */
    Path directory(List<Code> layers) {
        var name = new StringBuilder();
        layers.forEach(layer -> name.append(layer.sha256()).append('\n'));
        return root.resolve(UUID.nameUUIDFromBytes(name.toString().getBytes(StandardCharsets.UTF_8))
                .toString());
    }

    /** The directory for a list of layers, of which there are at least two, made where it is not there. */
    Path make(List<Code> layers) throws IOException {
        var directory = directory(layers);
        if (Files.isDirectory(directory)) {
            return directory;
        }
        Files.createDirectories(root);
        var unfinished = Files.createTempDirectory(root, ".new");
        for (var layer : layers) {
            Files.walkFileTree(layer.directory(), new Overlay(layer.directory(), unfinished));
        }
        Files.walkFileTree(unfinished, new Seal());
        try {
            Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            FileTree.delete(unfinished);
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        }
        return directory;
    }

    /** Makes directories read-only, as those of packages are. */
    private static final class Seal extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
            return FileVisitResult.CONTINUE;
        }
    }

    void delete(Path directory) throws IOException {
        FileTree.delete(directory);
    }

    void clear() throws IOException {
        FileTree.delete(root);
    }

    /** Puts one tree over another: a file takes the place of whatever is there, a directory that of a file. */
    private static final class Overlay extends SimpleFileVisitor<Path> {
        private final Path from;
        private final Path to;

        Overlay(Path from, Path to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
            var target = target(directory);
            if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
                Files.deleteIfExists(target);
                Files.createDirectory(target);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            var target = target(file);
            if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
                FileTree.delete(target);
            }
            Files.deleteIfExists(target);
            if (attributes.isSymbolicLink()) {
                Files.createSymbolicLink(target, Files.readSymbolicLink(file));
            } else {
                Files.createLink(target, file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) {
            return FileVisitResult.CONTINUE;
        }

        private Path target(Path path) {
            var relative = from.relativize(path);
            return relative.toString().isEmpty() ? to : to.resolve(relative);
        }
    }
}
