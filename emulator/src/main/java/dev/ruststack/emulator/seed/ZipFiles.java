package dev.ruststack.emulator.seed;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/** The files of a zip that someone else made: nothing of it is believed. */
final class ZipFiles {
    private static final int MOST_FILES = 10_000;
    private static final long MOST_BYTES = 1L << 30;

    private ZipFiles() {}

    /** Takes one file. */
    interface Visitor {
        void visit(String path, ObjectContent content) throws SeedException, IOException;
    }

    /** Hands every file over, in the order of the zip. */
    static void each(byte[] bytes, Visitor visitor) throws SeedException, IOException {
        try (var zip = open(ZipFile.builder().setSeekableByteChannel(new SeekableInMemoryByteChannel(bytes)))) {
            each(zip, visitor);
        }
    }

    /** The same of a zip file on this machine. */
    static void each(Path file, Visitor visitor) throws SeedException, IOException {
        try (var zip = open(ZipFile.builder().setPath(file))) {
            each(zip, visitor);
        }
    }

    private static void each(ZipFile zip, Visitor visitor) throws SeedException, IOException {
        var files = Collections.list(zip.getEntries()).stream()
                .filter(entry -> !entry.isDirectory())
                .toList();
        check(files);
        for (var file : files) {
            visitor.visit(file.getName(), new Content(zip, file));
        }
    }

    private static ZipFile open(ZipFile.Builder zip) throws SeedException {
        try {
            return zip.get();
        } catch (IOException e) {
            throw new SeedException("it is no zip file: " + e.getMessage());
        }
    }

    /** One file. */
    private record Content(ZipFile zip, ZipArchiveEntry entry) implements ObjectContent {
        @Override
        public long length() {
            return entry.getSize();
        }

        @Override
        public InputStream open() throws IOException {
            return new Exactly(zip.getInputStream(entry), entry);
        }
    }

    private static void check(List<ZipArchiveEntry> files) throws SeedException {
        if (files.size() > MOST_FILES) {
            throw new SeedException("the zip has " + files.size() + " files, more than " + MOST_FILES);
        }
        long sum = 0;
        for (var file : files) {
            sum += Math.max(0, file.getSize());
            if (!sound(file.getName())) {
                throw new SeedException("the zip has a file with the path \"" + file.getName() + "\"");
            }
            if (file.isUnixSymlink()) {
                throw new SeedException("the zip has a link, " + file.getName());
            }
        }
        if (sum > MOST_BYTES) {
            throw new SeedException("the zip unpacks to " + sum + " bytes, more than " + MOST_BYTES);
        }
    }

    /** Relative, without a step up, a backslash or a control character. */
    private static boolean sound(String path) {
        return !path.isEmpty()
                && !path.startsWith("/")
                && !path.contains("\\")
                && path.chars().noneMatch(Character::isISOControl)
                && !List.of(path.split("/", -1)).contains("..");
    }

    /** Fails where a file has another length than the zip's directory says. */
    private static final class Exactly extends FilterInputStream {
        private final String name;
        private long left;

        Exactly(InputStream in, ZipArchiveEntry entry) {
            super(in);
            name = entry.getName();
            left = entry.getSize();
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            left -= Math.max(count, 0);
            if (left < 0 || (count < 0 && left > 0)) {
                throw new EOFException("the zip is damaged at " + name);
            }
            return count;
        }
    }
}
