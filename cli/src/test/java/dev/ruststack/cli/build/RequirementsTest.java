package dev.ruststack.cli.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequirementsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Flask==3.1.3",
                "apig-wsgi>=2,<3  # the adapter",
                "requests[security]==2.* ; python_version >= '3.9'",
                "--index-url https://packages.example.com/simple\nsix",
                "six==1.17.0 \\\n    --hash=sha256:4721f391ed90541fddacab5acf947aa0d3dc7d27b2e1e8eda2be8970586c3274",
                "tool @ https://example.com/tool-1.0.zip",
                "git+https://github.com/pallets/flask.git@3.1.3"
            })
    void requirementsFromElsewhereAreNotLocal(String text) throws IOException {
        var requirements = read(text);

        assertThat(requirements.empty()).isFalse();
        assertThat(requirements.local()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "./common",
                "../common",
                "-e .",
                "--editable ../common",
                "wheels/common-1.0-py3-none-any.whl",
                "/srv/packages/common.tar.gz",
                "common @ file:///srv/common",
                "--find-links wheels\ncommon"
            })
    void requirementsOnThisMachineAreLocal(String text) throws IOException {
        assertThat(read(text).local()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# nothing yet\n", "  # indented"})
    void fileWithoutRequirementsIsEmpty(String text) throws IOException {
        assertThat(read(text).empty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-r base.txt", "--requirement=base.txt", "-c base.txt\nsix", "-rbase.txt"})
    void includedFileCounts(String text) throws IOException {
        Files.writeString(folder.resolve("base.txt"), "six==1.16.0\n");
        var before = read(text);
        Files.writeString(folder.resolve("base.txt"), "six==1.17.0\n");

        var after = read(text);

        assertThat(after.fingerprint()).isNotEqualTo(before.fingerprint());
        assertThat(after.empty()).isFalse();
    }

    @Test
    void filesThatIncludeEachOtherAreReadOnce() throws IOException {
        Files.writeString(folder.resolve("base.txt"), "-r requirements.txt\nsix\n");

        assertThat(read("-r base.txt").empty()).isFalse();
    }

    @Test
    void includedFileThatIsMissingIsNamed() {
        assertThatThrownBy(() -> read("-r base.txt"))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(folder.resolve("base.txt").toString());
    }

    private Requirements read(String text) throws IOException {
        return Requirements.read(Files.writeString(folder.resolve("requirements.txt"), text));
    }
}
