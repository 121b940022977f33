package dev.ruststack.cli.cluster;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A folder as a zip file: the same names and contents give the same bytes. */
final class FolderZip {
    /** The earliest that a zip file can say. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private FolderZip() {}

    /** Returns nothing where it has more bytes than {@code most}, which is known before all of it is made. */
    static Optional<byte[]> of(Path folder, int most) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes);
                var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                var entry = new ZipEntry(folder.relativize(file).toString().replace('\\', '/'));
                entry.setTimeLocal(TIME);
                zip.putNextEntry(entry);
                if (!copied(file, zip, bytes, most)) {
                    return Optional.empty();
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return bytes.size() > most ? Optional.empty() : Optional.of(bytes.toByteArray());
    }

    private static boolean copied(Path file, OutputStream zip, ByteArrayOutputStream bytes, int most)
            throws IOException {
        try (var in = Files.newInputStream(file)) {
            var buffer = new byte[64 * 1024];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                zip.write(buffer, 0, read);
                if (bytes.size() > most) {
                    return false;
                }
            }
        }
        return true;
    }
}
