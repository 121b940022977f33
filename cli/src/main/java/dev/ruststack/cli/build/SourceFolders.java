package dev.ruststack.cli.build;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which folders of a function's source are packed. */
public final class SourceFolders {
    private static final Set<String> LEFT_OUT = Set.of(".git", ".venv", "__pycache__");

    private SourceFolders() {}

    /** A folder and all those below it that go into a function's package. */
    public static List<Path> of(Path root) throws IOException {
        var folders = new ArrayList<Path>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                if (!folder.equals(root) && isLeftOut(folder)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                folders.add(folder);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                // Deleted meanwhile.
                return FileVisitResult.CONTINUE;
            }
        });
        return folders;
    }

    /**
     * Whether a file or folder is left out of packages: {@code .git}, {@code .venv}, {@code __pycache__}, {@code *.pyc} and
     * {@code node_modules/.cache}.
     */
    public static boolean isLeftOut(Path child) {
        var name = child.getFileName().toString();
        return LEFT_OUT.contains(name) || name.endsWith(".pyc") || child.endsWith("node_modules/.cache");
    }
}
