package dev.ruststack.cli.docker;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Images and packages made without a build. */
final class TestImages {
    private TestImages() {}

    /** An image of a function: a base with one file. */
    static void make(DockerEngine engine, String base, String name, String file, String text) throws IOException {
        var container = engine.container(base).exec().getId();
        try {
            engine.copy(container, "/", new ByteArrayInputStream(tar(file.substring(1), text)));
            var colon = name.lastIndexOf(':');
            engine.client()
                    .commitCmd(container)
                    .withRepository(name.substring(0, colon))
                    .withTag(name.substring(colon + 1))
                    .exec();
        } finally {
            engine.remove(container);
        }
    }

    private static byte[] tar(String file, String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            var content = text.getBytes(StandardCharsets.UTF_8);
            var entry = new TarArchiveEntry(file);
            entry.setSize(content.length);
            entry.setMode(0644);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    /** A zip with one executable file, in base64. */
    static String zip(String file, String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipArchiveOutputStream(bytes)) {
            var entry = new ZipArchiveEntry(file);
            entry.setUnixMode(0755);
            zip.putArchiveEntry(entry);
            zip.write(text.getBytes(StandardCharsets.UTF_8));
            zip.closeArchiveEntry();
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /** The engine's anonymous volumes. */
    static List<String> volumes(DockerEngine engine) {
        var found = engine.client().listVolumesCmd().exec().getVolumes();
        return found == null
                ? List.of()
                : found.stream().map(volume -> volume.getName()).toList();
    }
}
