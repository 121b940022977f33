package dev.ruststack.emulator.lambda.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** An unpacked deployment package as a tar: directories, files and links with their modes, and nobody's names. */
final class CodeTar {
    private static final int LINK_MODE = 0777;

    private CodeTar() {}

    static void write(Path directory, OutputStream out) throws IOException {
        try (var tar = new TarArchiveOutputStream(new KeptOpen(out), "UTF-8");
                var files = Files.walk(directory)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            tar.setAddPaxHeadersForNonAsciiNames(true);
            for (Path file : (Iterable<Path>) files::iterator) {
                if (!file.equals(directory)) {
                    add(tar, directory.relativize(file).toString(), file);
                }
            }
        }
    }

    private static void add(TarArchiveOutputStream tar, String name, Path file) throws IOException {
        if (Files.isSymbolicLink(file)) {
            var entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
            entry.setLinkName(Files.readSymbolicLink(file).toString());
            entry.setMode(LINK_MODE);
            tar.putArchiveEntry(entry);
        } else if (Files.isDirectory(file)) {
            var entry = new TarArchiveEntry(name + "/");
            entry.setMode(mode(file));
            tar.putArchiveEntry(entry);
        } else {
            var entry = new TarArchiveEntry(name);
            entry.setMode(mode(file));
            entry.setSize(Files.size(file));
            tar.putArchiveEntry(entry);
            Files.copy(file, tar);
        }
        tar.closeArchiveEntry();
    }

    private static int mode(Path file) throws IOException {
        return (int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 0777;
    }

    /** The tar ends; the stream it is in does not. */
    private static final class KeptOpen extends java.io.FilterOutputStream {
        KeptOpen(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            out.flush();
        }
    }
}
