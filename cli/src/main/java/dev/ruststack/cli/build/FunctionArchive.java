package dev.ruststack.cli.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Writes a function's zip file with Unix modes. The same names, modes and contents give the same bytes: sorted by name,
 * one time stamp for all. Limit: 262144000 bytes unzipped. AWS: Lambda Developer Guide, Lambda quotas.
 */
final class FunctionArchive {
    /** AWS: "Unzipped size must be smaller than 262144000 bytes". */
    static final long UNZIPPED_LIMIT = 262_144_000;

    /** The earliest that a zip file can say. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final String function;
    private final Map<String, Member> members = new TreeMap<>();

    private FunctionArchive(String function) {
        this.function = function;
    }

    /**
     * Writes a folder and, where there are any, its dependencies; a file of the folder wins over one of the same name
     * among them.
     *
     * @param dependencies a zip file that this class has written
     */
    static void write(String function, SourceTree tree, @Nullable Path dependencies, Path zip)
            throws BuildException, IOException, InterruptedException {
        var archive = new FunctionArchive(function);
        if (dependencies == null) {
            archive.add(tree);
            archive.writeTo(zip);
            return;
        }
        try (var packed = ZipFile.builder().setPath(dependencies).get()) {
            for (var entries = packed.getEntries(); entries.hasMoreElements(); ) {
                var entry = entries.nextElement();
                archive.members.put(entry.getName(), new Packed(packed, entry));
            }
            archive.add(tree);
            archive.writeTo(zip);
        }
    }

    private void add(SourceTree tree) throws BuildException {
        for (var entry : tree.entries()) {
            var name = entry.name();
            var otherKind = name.endsWith("/") ? name.substring(0, name.length() - 1) : name + "/";
            if (members.containsKey(otherKind)) {
                throw new BuildException(
                        function, name + " of the function's folder stands where its dependencies have " + otherKind);
            }
            members.put(name, new Unpacked(function, entry));
        }
    }

    private void writeTo(Path zip) throws BuildException, IOException, InterruptedException {
        refuseTooLarge();
        try (var out = new ZipArchiveOutputStream(zip)) {
            out.setUseZip64(Zip64Mode.AsNeeded);
            for (var member : members.values()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                member.writeTo(out);
            }
        }
    }

    private void refuseTooLarge() throws BuildException {
        long total = members.values().stream().mapToLong(Member::size).sum();
        if (total < UNZIPPED_LIMIT) {
            return;
        }
        SortedMap<String, Long> parts = members.entrySet().stream()
                .collect(Collectors.groupingBy(
                        member -> member.getKey().replaceFirst("/.*", ""),
                        TreeMap::new,
                        Collectors.summingLong(member -> member.getValue().size())));
        var largest = parts.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(3)
                .map(part -> part.getKey() + " " + part.getValue())
                .collect(Collectors.joining(", "));
        throw new BuildException(
                function,
                "it is " + total + " bytes unzipped, and Lambda takes less than " + UNZIPPED_LIMIT
                        + " (250 MB); the largest parts in bytes: " + largest);
    }

    /** Something that goes into the zip file. */
    private sealed interface Member {
        long size();

        void writeTo(ZipArchiveOutputStream out) throws BuildException, IOException;
    }

    /** Taken over from another zip file as it is compressed there. */
    private record Packed(ZipFile zip, ZipArchiveEntry entry) implements Member {
        @Override
        public long size() {
            return entry.getSize();
        }

        @Override
        public void writeTo(ZipArchiveOutputStream out) throws IOException {
            try (var raw = zip.getRawInputStream(entry)) {
                out.addRawArchiveEntry(entry, raw);
            }
        }
    }

    private record Unpacked(String function, SourceEntry source) implements Member {
        @Override
        public long size() {
            return source instanceof SourceEntry.File file ? file.size() : 0;
        }

        @Override
        public void writeTo(ZipArchiveOutputStream out) throws BuildException, IOException {
            switch (source) {
                case SourceEntry.Folder folder -> start(out, UnixStat.DIR_FLAG | folder.mode(), 0);
                case SourceEntry.Link link -> {
                    var target = link.target().getBytes(UTF_8);
                    start(out, UnixStat.LINK_FLAG | link.mode(), target.length);
                    out.write(target);
                }
                case SourceEntry.File file -> {
                    start(out, UnixStat.FILE_FLAG | file.mode(), file.size());
                    copy(file, out);
                }
            }
            out.closeArchiveEntry();
        }

        private void start(ZipArchiveOutputStream out, int mode, long size) throws IOException {
            var entry = new ZipArchiveEntry(source.name());
            entry.setUnixMode(mode);
            entry.setSize(size);
            entry.setTimeLocal(TIME);
            out.putArchiveEntry(entry);
        }

        /** The key under which the zip file is kept was made from the hashed content: no other may get in. */
        private void copy(SourceEntry.File file, ZipArchiveOutputStream out) throws BuildException, IOException {
            var digest = new DigestOutputStream(out, Fingerprint.sha256());
            Files.copy(file.path(), digest);
            if (!HexFormat.of().formatHex(digest.getMessageDigest().digest()).equals(file.sha256())) {
                throw new BuildException(function, file.path() + " changed while it was packed; run the command again");
            }
        }
    }
}
