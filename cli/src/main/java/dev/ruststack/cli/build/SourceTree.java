package dev.ruststack.cli.build;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What of a folder goes into a function's zip file, hashed; see {@link SourceFolders#isLeftOut}. Symbolic links stay links; those that leave the folder are refused.
 *
 * @param entries sorted by name
 */
record SourceTree(List<SourceEntry> entries) {
    SourceTree {
        entries = List.copyOf(entries);
    }

    static SourceTree read(String function, Path folder) throws BuildException, IOException, InterruptedException {
        var reader = new Reader(function, folder.toRealPath());
        reader.add(reader.root, "");
        reader.refuseDanglingLinks();
        reader.entries.sort(Comparator.comparing(SourceEntry::name));
        return new SourceTree(reader.entries);
    }

    /** The same for the same names, modes and contents. */
    String fingerprint() {
        var fingerprint = new Fingerprint();
        for (var entry : entries) {
            fingerprint.add(entry.name()).add(Integer.toOctalString(entry.mode()));
            switch (entry) {
                case SourceEntry.File file -> fingerprint.add("file").add(file.sha256());
                case SourceEntry.Folder _ -> fingerprint.add("folder");
                case SourceEntry.Link link -> fingerprint.add("link").add(link.target());
            }
        }
        return fingerprint.hex();
    }

    private static final class Reader {
        /** What Java makes of bytes that are no text in the machine's locale. */
        private static final char UNREADABLE = '\uFFFD';

        private final String function;
        private final Path root;
        private final List<SourceEntry> entries = new ArrayList<>();

        Reader(String function, Path root) {
            this.function = function;
            this.root = root;
        }

        void add(Path folder, String prefix) throws BuildException, IOException, InterruptedException {
            for (var child : Folders.children(folder)) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (!SourceFolders.isLeftOut(child)) {
                    addChild(child, prefix + child.getFileName());
                }
            }
        }

        private void addChild(Path child, String name) throws BuildException, IOException, InterruptedException {
            if (name.indexOf(UNREADABLE) >= 0) {
                throw new BuildException(
                        function, child + ": the name cannot be read in this locale; set LC_ALL=C.UTF-8");
            }
            var attributes = Files.readAttributes(child, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (attributes.isSymbolicLink()) {
                entries.add(new SourceEntry.Link(name, target(child)));
            } else if (attributes.isDirectory()) {
                entries.add(new SourceEntry.Folder(name + "/", mode(child)));
                add(child, name + "/");
            } else if (attributes.isRegularFile()) {
                entries.add(new SourceEntry.File(name, mode(child), child, attributes.size(), Fingerprint.of(child)));
            } else {
                throw new BuildException(function, child + " is neither a file nor a folder and cannot be packed");
            }
        }

        /** Where a link ends up, seen from its own folder. */
        private String target(Path link) throws BuildException, IOException {
            var written = Files.readSymbolicLink(link);
            Path real;
            try {
                real = link.toRealPath();
            } catch (NoSuchFileException e) {
                throw refused(link, written, "which does not exist");
            } catch (FileSystemException e) {
                throw refused(link, written, "which leads nowhere: " + e.getReason());
            }
            if (!real.startsWith(root)) {
                throw refused(link, written, "outside of the function's folder, where AWS would not have it");
            }
            var folder = link.resolveSibling("");
            return real.equals(folder) ? "." : folder.relativize(real).toString();
        }

        void refuseDanglingLinks() throws BuildException {
            var names =
                    entries.stream().map(entry -> root.resolve(entry.name())).collect(Collectors.toSet());
            names.add(root);
            for (var entry : entries) {
                if (entry instanceof SourceEntry.Link(var name, var target)) {
                    var link = root.resolve(name);
                    if (!names.contains(link.resolveSibling(target).normalize())) {
                        throw refused(link, Path.of(target), "which is left out of the package");
                    }
                }
            }
        }

        private BuildException refused(Path link, Path target, String why) {
            return new BuildException(function, "the symbolic link " + link + " points to " + target + ", " + why);
        }

        private static int mode(Path path) throws IOException {
            return (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 0777;
        }
    }
}
