package dev.ruststack.crds.yaml;

import dev.ruststack.crds.bucket.BucketSpec;
import dev.ruststack.crds.table.TableSpec;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks that what a document names on this machine is there, and is what it has to be: {@code code.path},
 * {@code content.path}, {@code objectsFrom.path} and {@code itemsFrom.path}.
 */
public final class LocalFiles {
    private enum Wanted {
        FILE,
        FOLDER_OR_ZIP,
        FOLDER_OR_ARCHIVE
    }

    private final RustStackDocument document;
    private final Path folder;
    private final List<Problem> problems = new ArrayList<>();

    private LocalFiles(RustStackDocument document, Path folder) {
        this.document = document;
        this.folder = folder;
    }

    /**
     * The problems with paths; empty when all is there.
     *
     * @param folder that of the YAML file, to which paths are relative
     */
    public static List<Problem> check(RustStackDocument document, Path folder) {
        var files = new LocalFiles(document, folder);
        var spec = document.spec();
        for (var i = 0; i < spec.buckets().size(); i++) {
            files.bucket(spec.buckets().get(i), "spec.buckets[" + i + "]");
        }
        for (var i = 0; i < spec.tables().size(); i++) {
            files.table(spec.tables().get(i), "spec.tables[" + i + "]");
        }
        for (var i = 0; i < spec.layers().size(); i++) {
            var path = spec.layers().get(i).code().path();
            files.check(path, "spec.layers[" + i + "].code.path", Wanted.FOLDER_OR_ARCHIVE);
        }
        for (var i = 0; i < spec.functions().size(); i++) {
            var path = spec.functions().get(i).code().path();
            files.check(path, "spec.functions[" + i + "].code.path", Wanted.FOLDER_OR_ARCHIVE);
        }
        return List.copyOf(files.problems);
    }

    private void bucket(BucketSpec bucket, String at) {
        for (var i = 0; i < bucket.objects().size(); i++) {
            check(bucket.objects().get(i).content().path(), at + ".objects[" + i + "].content.path", Wanted.FILE);
        }
        for (var i = 0; i < bucket.objectsFrom().size(); i++) {
            check(bucket.objectsFrom().get(i).path(), at + ".objectsFrom[" + i + "].path", Wanted.FOLDER_OR_ZIP);
        }
    }

    private void table(TableSpec table, String at) {
        for (var i = 0; i < table.itemsFrom().size(); i++) {
            check(table.itemsFrom().get(i).path(), at + ".itemsFrom[" + i + "].path", Wanted.FILE);
        }
    }

    private void check(@Nullable String path, String at, Wanted wanted) {
        if (path == null) {
            return;
        }
        try {
            var found = folder.resolve(path);
            if (!Files.exists(found)) {
                problems.add(document.problem(at, "no such file or folder: " + found));
            } else if (!fits(found, wanted)) {
                problems.add(document.problem(at, found + " is not " + inWords(wanted)));
            } else if (!Files.isReadable(found)) {
                problems.add(document.problem(at, "permission denied: " + found));
            }
        } catch (InvalidPathException e) {
            problems.add(document.problem(at, "is no path: " + e.getMessage()));
        }
    }

    private static boolean fits(Path found, Wanted wanted) {
        return switch (wanted) {
            case FILE -> Files.isRegularFile(found);
            case FOLDER_OR_ZIP ->
                Files.isDirectory(found)
                        || (Files.isRegularFile(found) && found.toString().endsWith(".zip"));
            case FOLDER_OR_ARCHIVE -> Files.isDirectory(found) || (Files.isRegularFile(found) && isArchive(found));
        };
    }

    private static boolean isArchive(Path found) {
        var name = found.toString();
        return name.endsWith(".zip") || name.endsWith(".jar");
    }

    private static String inWords(Wanted wanted) {
        return switch (wanted) {
            case FILE -> "a file";
            case FOLDER_OR_ZIP -> "a folder or a .zip file";
            case FOLDER_OR_ARCHIVE -> "a folder, a .zip or a .jar file";
        };
    }
}
