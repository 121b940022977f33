package dev.ruststack.emulator.lambda;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The symbolic links of a deployment package. They are made after everything else, so that nothing is written through
 * them, and only where following them, through other links too, never leaves the package.
 */
final class PackageLinks {
    /** What Linux follows before it says ELOOP. */
    private static final int MAX_HOPS = 40;

    private final Map<String, String> links = new LinkedHashMap<>();

    void add(Path name, String target) {
        if (target.isEmpty() || links.put(name.toString(), target) != null) {
            throw CodeArchive.unreadable();
        }
    }

    void make(Path directory) throws IOException {
        for (var link : links.entrySet()) {
            var name = Path.of(link.getKey());
            if (!staysInside(name) || isBehindLink(name)) {
                throw CodeArchive.unreadable();
            }
            make(directory.resolve(name), link.getValue());
        }
    }

    private static void make(Path link, String target) throws IOException {
        try {
            var parent = link.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.createSymbolicLink(link, Path.of(target));
        } catch (FileAlreadyExistsException | InvalidPathException e) {
            throw CodeArchive.unreadable();
        }
    }

    private boolean isBehindLink(Path name) {
        for (var above = name.getParent(); above != null; above = above.getParent()) {
            if (links.containsKey(above.toString())) {
                return true;
            }
        }
        return false;
    }

    /** Follows a path as the kernel would, component by component, with the package as the root it must not leave. */
    private boolean staysInside(Path name) {
        Deque<String> ahead = new ArrayDeque<>(Arrays.asList(name.toString().split("/")));
        Deque<String> walked = new ArrayDeque<>();
        int hops = 0;
        while (!ahead.isEmpty()) {
            var part = ahead.removeFirst();
            if (part.isEmpty() || part.equals(".")) {
                continue;
            }
            if (part.equals("..")) {
                if (walked.pollLast() == null) {
                    return false;
                }
                continue;
            }
            walked.addLast(part);
            var target = links.get(String.join("/", walked));
            if (target != null) {
                if (target.startsWith("/") || ++hops > MAX_HOPS) {
                    return false;
                }
                walked.removeLast();
                prepend(target, ahead);
            }
        }
        return true;
    }

    private static void prepend(String target, Deque<String> ahead) {
        var parts = target.split("/");
        for (int i = parts.length - 1; i >= 0; i--) {
            ahead.addFirst(parts[i]);
        }
    }
}
