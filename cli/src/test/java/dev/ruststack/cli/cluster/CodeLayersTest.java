package dev.ruststack.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FileEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeLayersTest {
    @TempDir
    private Path folder;

    private Path source;
    private Path zip;

    @BeforeEach
    void make() throws IOException {
        source = Files.createDirectory(folder.resolve("source"));
        zip = folder.resolve("function.zip");
        Files.createDirectory(folder.resolve("contents"));
    }

    @Test
    void dependenciesHaveALayerOfTheirOwnBelowTheCode() throws IOException {
        Files.writeString(source.resolve("app.py"), "");
        write("app.py", "requests/__init__.py");

        var layers = layers("python3.12");

        assertThat(layers).extracting(FileEntriesLayer::getName).containsExactly("dependencies", "function");
        assertThat(names(layers.getFirst())).containsExactly("/var/task/requests", "/var/task/requests/__init__.py");
        assertThat(names(layers.getLast())).containsExactly("/var/task/app.py");
    }

    @Test
    void aLinkToALinkToAFolderIsThatFolder() throws IOException {
        write("v2/data.txt", "current>v2", "latest>./current");

        assertThat(names(layers("python3.12").getFirst()))
                .contains("/var/task/latest/data.txt", "/var/task/current/data.txt");
    }

    @Test
    void aLinkThroughALinkIsFollowed() throws IOException {
        write("v2/deep/data.txt", "current>v2", "data>current/deep/data.txt");

        assertThat(names(layers("python3.12").getFirst())).contains("/var/task/data");
    }

    @Test
    void linksThatLeadRoundAreRefused() throws IOException {
        write("a>b", "b>a");

        assertThatThrownBy(() -> layers("python3.12"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("circle");
    }

    @Test
    void aFolderThatHoldsItselfIsRefused() throws IOException {
        write("lib/a.txt", "lib/self>.");

        assertThatThrownBy(() -> layers("python3.12"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("circle");
    }

    @Test
    void nothingLeadsOutOfThePackage() throws IOException {
        write("passwords>../../etc/passwd");
        assertThatThrownBy(() -> layers("python3.12")).hasMessageContaining("leads out");
        write("passwords>/etc/passwd");
        assertThatThrownBy(() -> layers("python3.12")).hasMessageContaining("outside of the package");
        write("../../passwords");
        assertThatThrownBy(() -> layers("python3.12")).hasMessageContaining("leads out");
    }

    private List<FileEntriesLayer> layers(String runtime) throws IOException {
        var code = new FunctionCode("shop", "f", runtime, "app.handler", null, null, source, zip);
        return CodeLayers.of(code, Files.createTempDirectory(folder, "contents"));
    }

    private static List<String> names(FileEntriesLayer layer) {
        return layer.getEntries().stream()
                .map(FileEntry::getExtractionPath)
                .map(Object::toString)
                .toList();
    }

    /** @param entries names of files, or {@code LINK>TARGET} */
    private void write(String... entries) throws IOException {
        try (var out = new ZipArchiveOutputStream(zip)) {
            for (var each : entries) {
                var parts = each.split(">");
                var entry = new ZipArchiveEntry(parts[0]);
                entry.setUnixMode((parts.length > 1 ? UnixStat.LINK_FLAG : UnixStat.FILE_FLAG) | 0644);
                out.putArchiveEntry(entry);
                out.write((parts.length > 1 ? parts[1] : "content").getBytes(StandardCharsets.UTF_8));
                out.closeArchiveEntry();
            }
        }
    }
}
