package dev.ruststack.emulator.lambda;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Makes zips, good ones and hostile ones. */
public final class TestZip {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes);

    /** A zip of one file. */
    public static byte[] of(String name, String text) {
        return new TestZip().file(name, text).bytes();
    }

    public TestZip file(String name, String text) {
        return file(name, 0644, text.getBytes(StandardCharsets.UTF_8));
    }

    public TestZip file(String name, int mode, byte[] content) {
        return entry(name, UnixStat.FILE_FLAG | mode, content);
    }

    public TestZip link(String name, String target) {
        return entry(name, UnixStat.LINK_FLAG | 0777, target.getBytes(StandardCharsets.UTF_8));
    }

    public TestZip directory(String name) {
        return entry(name + "/", UnixStat.DIR_FLAG | 0755, new byte[0]);
    }

    /** A file as programs without modes write it. */
    public TestZip plain(String name, String text) {
        return entry(name, 0, text.getBytes(StandardCharsets.UTF_8));
    }

    private TestZip entry(String name, int mode, byte[] content) {
        try {
            var entry = new ZipArchiveEntry(name);
            if (mode != 0) {
                entry.setUnixMode(mode);
            }
            entry.setTime(0);
            zip.putArchiveEntry(entry);
            zip.write(content);
            zip.closeArchiveEntry();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public byte[] bytes() {
        try {
            zip.close();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
