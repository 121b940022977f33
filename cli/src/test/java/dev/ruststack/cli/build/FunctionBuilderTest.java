package dev.ruststack.cli.build;

import static dev.ruststack.cli.build.BuildFixture.contents;
import static dev.ruststack.cli.build.BuildFixture.modes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FunctionBuilderTest {
    @RegisterExtension
    final BuildFixture fixture = new BuildFixture();

    @Test
    void folderBecomesAZipFileWithItsModes() throws Exception {
        var bootstrap = fixture.script("web/bootstrap", "echo hello\n");
        var settings = fixture.write("web/config/settings.json", "{}");
        Files.setPosixFilePermissions(settings, PosixFilePermissions.fromString("rw-r-----"));
        Files.setPosixFilePermissions(
                fixture.root().resolve("web/config"), PosixFilePermissions.fromString("rwxr-xr-x"));

        var built = fixture.build("provided.al2023");

        assertThat(contents(built.zip()))
                .isEqualTo(
                        Map.of("bootstrap", Files.readString(bootstrap), "config/", "", "config/settings.json", "{}"));
        assertThat(modes(built.zip()))
                .isEqualTo(Map.of("bootstrap", "100755", "config/", "40755", "config/settings.json", "100640"));
    }

    @Test
    void sameContentGivesTheSameBytesWhereverAndWheneverItIsBuilt() throws Exception {
        fixture.write("web/b.py", "b");
        fixture.write("web/a/c.py", "c");
        var copy = new BuildFixture();
        copy.beforeEach(null);
        copy.write("web/a/c.py", "c");
        var touched = copy.write("web/b.py", "b");
        Files.setLastModifiedTime(touched, FileTime.from(Instant.parse("2001-02-03T04:05:06Z")));
        var zone = TimeZone.getDefault();

        var here = Files.readAllBytes(fixture.build("python3.11").zip());
        byte[] there;
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
            there = Files.readAllBytes(copy.build("python3.11").zip());
        } finally {
            TimeZone.setDefault(zone);
            copy.afterEach(null);
        }

        assertThat(there).isEqualTo(here);
    }

    @Test
    void secondBuildComesFromTheCache() throws Exception {
        fixture.write("web/app.py", "one");

        var first = fixture.build("python3.11");
        var second = fixture.build("python3.11");

        assertThat(first.fromCache()).isFalse();
        assertThat(second.fromCache()).isTrue();
        assertThat(second.zip()).isEqualTo(first.zip());
        assertThat(fixture.leftovers()).isEmpty();
    }

    @Test
    void changedFileIsPackedAnew() throws Exception {
        fixture.write("web/app.py", "one");
        fixture.build("python3.11");
        fixture.write("web/app.py", "two");

        var built = fixture.build("python3.11");

        assertThat(built.fromCache()).isFalse();
        assertThat(contents(built.zip())).isEqualTo(Map.of("app.py", "two"));
    }

    @Test
    void changedModeIsPackedAnew() throws Exception {
        var file = fixture.write("web/bootstrap", "#!/bin/sh\n");
        fixture.build("provided.al2023");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));

        var built = fixture.build("provided.al2023");

        assertThat(modes(built.zip())).containsEntry("bootstrap", "100755");
    }

    @Test
    void cacheEntryThatIsNotWholeIsMadeAgain() throws Exception {
        fixture.write("web/app.py", "one");
        var first = fixture.build("python3.11");
        var whole = Files.readAllBytes(first.zip());
        try (var entry = new RandomAccessFile(first.zip().toFile(), "rw")) {
            entry.setLength(whole.length / 2);
        }

        var second = fixture.build("python3.11");

        assertThat(second.fromCache()).isFalse();
        assertThat(second.zip()).hasBinaryContent(whole);
    }

    @Test
    void buildsAtTheSameTimeAgree() throws Exception {
        for (int file = 0; file < 50; file++) {
            fixture.write("web/module" + file + ".py", "x".repeat(10_000));
        }

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var one = threads.submit(() -> fixture.build("python3.11"));
            var other = threads.submit(() -> fixture.build("python3.11"));

            assertThat(one.get().zip()).isEqualTo(other.get().zip()).exists();
        }

        assertThat(fixture.leftovers()).isEmpty();
    }

    @Test
    void versionControlAndByteCodeStayOut() throws Exception {
        fixture.write("web/.git/config", "");
        fixture.write("web/.venv/bin/python", "");
        fixture.write("web/__pycache__/app.cpython-311.pyc", "");
        fixture.write("web/old.pyc", "");
        fixture.write("web/node_modules/.cache/babel.json", "");
        fixture.write("web/node_modules/ms/index.js", "");
        fixture.write("web/.env", "");
        fixture.write("web/app.py", "");

        var built = fixture.build("python3.11");

        assertThat(contents(built.zip()))
                .containsOnlyKeys(".env", "app.py", "node_modules/", "node_modules/ms/", "node_modules/ms/index.js");
    }

    @Test
    void linkInsideTheFolderStaysALink() throws Exception {
        fixture.write("web/lib/real.py", "real");
        var folder = fixture.root().resolve("web");
        Files.createSymbolicLink(folder.resolve("relative.py"), Path.of("lib/real.py"));
        Files.createSymbolicLink(folder.resolve("lib/absolute"), folder.resolve("lib/real.py"));
        Files.createSymbolicLink(folder.resolve("folder"), Path.of("lib"));

        var built = fixture.build("python3.11");

        assertThat(contents(built.zip()))
                .containsEntry("relative.py", "lib/real.py")
                .containsEntry("lib/absolute", "real.py")
                .containsEntry("folder", "lib");
        assertThat(modes(built.zip())).containsEntry("relative.py", "120777").containsEntry("folder", "120777");
    }

    @Test
    void linkOutOfTheFolderIsRefusedByName() throws Exception {
        fixture.write("shared/db.py", "");
        fixture.write("web/app.py", "");
        var link = Files.createSymbolicLink(fixture.root().resolve("web/db.py"), Path.of("../shared/db.py"));

        assertThatThrownBy(() -> fixture.build("python3.11"))
                .isInstanceOf(BuildException.class)
                .hasMessage("function web: the symbolic link " + link + " points to ../shared/db.py, outside of the"
                        + " function's folder, where AWS would not have it");
    }

    @Test
    void linkToNothingIsRefusedByName() throws Exception {
        fixture.write("web/app.py", "");
        var link = Files.createSymbolicLink(fixture.root().resolve("web/gone.py"), Path.of("moved.py"));

        assertThatThrownBy(() -> fixture.build("python3.11"))
                .hasMessage("function web: the symbolic link " + link + " points to moved.py, which does not exist");
    }

    @Test
    void linkToWhatIsLeftOutIsRefusedByName() throws Exception {
        fixture.write("web/.venv/lib.py", "");
        Files.createSymbolicLink(fixture.root().resolve("web/lib.py"), Path.of(".venv/lib.py"));

        assertThatThrownBy(() -> fixture.build("python3.11")).hasMessageEndingWith("which is left out of the package");
    }

    @Test
    void pipeInTheFolderIsRefusedByName() throws Exception {
        var pipe = fixture.write("web/app.py", "").resolveSibling("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        assertThatThrownBy(() -> fixture.build("python3.11"))
                .hasMessage("function web: " + pipe + " is neither a file nor a folder and cannot be packed");
    }

    @Test
    void moreThanLambdaTakesIsRefusedWithItsLargestParts() throws Exception {
        fixture.write("web/app.py", "x");
        var model = fixture.write("web/model/weights.bin", "");
        try (var file = new RandomAccessFile(model.toFile(), "rw")) {
            file.setLength(FunctionArchive.UNZIPPED_LIMIT - 1);
        }

        assertThatThrownBy(() -> fixture.build("python3.11"))
                .hasMessage(
                        "function web: it is 262144000 bytes unzipped, and Lambda takes less than 262144000 (250 MB);"
                                + " the largest parts in bytes: model 262143999, app.py 1");
        assertThat(fixture.leftovers()).isEmpty();
    }

    @Test
    void folderWithNothingToPackIsRefused() throws Exception {
        var folder = fixture.write("web/__pycache__/app.pyc", "")
                .resolveSibling("..")
                .normalize();

        assertThatThrownBy(() -> fixture.build("python3.11"))
                .hasMessage("function web: its folder " + folder + " holds nothing to pack");
    }

    @Test
    void codeThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> fixture.build("python3.11"))
                .hasMessage("function web: its code " + fixture.root().resolve("web") + " does not exist");
    }

    @Test
    void zipFileIsTakenAsItIs() throws Exception {
        fixture.write("web/app.py", "one");
        var zip = Files.copy(fixture.build("python3.11").zip(), fixture.root().resolve("web.zip"));

        var built = fixture.build(new FunctionSource("web", "python3.11", zip));

        assertThat(built.zip()).isEqualTo(zip);
        assertThat(built.fromCache()).isTrue();
    }

    @Test
    void fileThatIsNoZipFileIsRefused() throws Exception {
        var file = fixture.write("app.py", "print()\n");

        assertThatThrownBy(() -> fixture.build(new FunctionSource("web", "python3.11", file)))
                .isInstanceOf(BuildException.class)
                .hasMessageStartingWith("function web: its code is neither a folder nor a zip file that opens: ");
    }

    @Test
    void cacheThatCannotBeWrittenIsNamedWithTheRemedy() throws Exception {
        fixture.write("web/app.py", "");
        Files.writeString(fixture.cacheRoot(), "a file stands where the cache would be");

        assertThatThrownBy(() -> fixture.build("python3.11"))
                .isInstanceOf(BuildException.class)
                .hasMessageStartingWith("function web: building it in " + fixture.cacheRoot() + " failed")
                .hasMessageContaining("RUSTSTACK_CACHE");
    }
}
