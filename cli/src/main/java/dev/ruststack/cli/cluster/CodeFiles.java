package dev.ruststack.cli.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * The files of a function's zip file, ready for layers of an image, which have no symbolic links: what a link points to
 * stands in its place.
 */
final class CodeFiles {
    /** What Linux follows before it says ELOOP. */
    private static final int MOST_HOPS = 40;

    /** More are not in a package; links that lead round would make more. */
    private static final int MOST_FILES = 250_000;

    private static final int EXECUTE = 0111;

    /**
     * A file or a folder of its own.
     *
     * @param content a folder for a folder
     */
    record Member(Path content, boolean executable) {}

    private final Path folder;
    private final Map<String, Member> members = new TreeMap<>();
    private final Map<String, String> links = new TreeMap<>();
    private final SortedMap<String, SortedSet<String>> children = new TreeMap<>();
    private final SortedMap<String, Member> found = new TreeMap<>();
    private int unpacked;

    private CodeFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * Unpacks a zip file.
     *
     * @param folder an empty one for the contents
     * @return by name, sorted
     * @throws IOException also where a name or a link leads out of the package
     */
    static SortedMap<String, Member> unpack(Path zip, Path folder) throws IOException {
        var files = new CodeFiles(folder);
        try (var archive = ZipFile.builder().setPath(zip).get()) {
            for (var entries = archive.getEntries(); entries.hasMoreElements(); ) {
                files.add(archive, entries.nextElement());
            }
        }
        for (var name : files.children("")) {
            files.take(name, name, 0);
        }
        return files.found;
    }

    private void add(ZipFile archive, ZipArchiveEntry entry) throws IOException {
        var name = normal(entry.getName());
        if (name.isEmpty()) {
            return;
        }
        register(name);
        if (entry.isDirectory()) {
            members.put(name, new Member(folder, false));
            return;
        }
        try (var in = archive.getInputStream(entry)) {
            if (entry.isUnixSymlink()) {
                links.put(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
                return;
            }
            // Under a name of our own: no name of the package can lead anywhere.
            var content = folder.resolve(Integer.toString(unpacked++));
            Files.copy(in, content);
            members.put(name, new Member(content, (entry.getUnixMode() & EXECUTE) != 0));
        }
    }

    private void register(String name) {
        var child = name;
        boolean isNew = true;
        while (isNew && !child.isEmpty()) {
            int slash = child.lastIndexOf('/');
            var parent = slash < 0 ? "" : child.substring(0, slash);
            isNew = children.computeIfAbsent(parent, _ -> new TreeSet<>()).add(child.substring(slash + 1));
            child = parent;
        }
    }

    private SortedSet<String> children(String name) {
        return children.getOrDefault(name, new TreeSet<>());
    }

    /** Takes what is at a place over to another one, with all that is below. */
    private void take(String from, String to, int hops) throws IOException {
        if (hops > MOST_HOPS || found.size() > MOST_FILES) {
            throw new IOException("its symbolic link " + to + " leads round in a circle");
        }
        var link = links.get(from);
        if (link != null) {
            take(target(from, link, hops), to, hops + 1);
            return;
        }
        var member = members.get(from);
        var below = children(from);
        if (member == null && below.isEmpty()) {
            throw new IOException("its symbolic link " + to + " points to " + from + ", which is not in the package");
        }
        found.put(to, member == null ? new Member(folder, false) : member);
        for (var child : below) {
            take(from.isEmpty() ? child : from + "/" + child, to + "/" + child, hops + (from.equals(to) ? 0 : 1));
        }
    }

    /** Where a link leads, followed folder by folder, for links may lead through links. */
    private String target(String name, String link, int hops) throws IOException {
        if (link.startsWith("/")) {
            throw new IOException("its symbolic link " + name + " points to " + link + ", outside of the package");
        }
        int slash = name.lastIndexOf('/');
        var at = slash < 0 ? "" : name.substring(0, slash);
        var ahead = List.of(link.split("/"));
        for (int i = 0; i < ahead.size(); i++) {
            at = normal(at + "/" + ahead.get(i));
            var next = links.get(at);
            if (next != null && i < ahead.size() - 1) {
                if (hops > MOST_HOPS) {
                    throw new IOException("its symbolic link " + name + " leads round in a circle");
                }
                at = target(at, next, hops + 1);
            }
        }
        return at;
    }

    /** A name without {@code .}, {@code ..} and doubled slashes. */
    private static String normal(String name) throws IOException {
        var parts = new ArrayList<String>();
        for (var part : name.split("/")) {
            if (part.equals("..")) {
                if (parts.isEmpty()) {
                    throw new IOException("its package has " + name + ", which leads out of it");
                }
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }
}
