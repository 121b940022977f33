package dev.ruststack.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ./ruststack}. Where it builds, a stand-in of a source tree is built by a stand-in of Maven. */
class LauncherIT {
    private static final String BUILDS = """
            #!/bin/sh
            echo "[INFO] Building RustStack: one machine 0.1.0 [1/1]"
            echo built >> "$PWD/builds"
            mkdir -p cli/target
            cp "$REAL/ruststack.jar" cli/target/
            ln -sfn "$REAL/lib" cli/target/lib
            """;

    @TempDir
    private Path folder;

    @Test
    void worksFromAnyFolderThroughSymbolicLinks() throws Exception {
        var link = Files.createDirectory(folder.resolve("bin")).resolve("rs");
        Files.createSymbolicLink(folder.resolve("first"), Launcher.ROOT.resolve("ruststack"));
        Files.createSymbolicLink(link, Path.of("../first"));
        var elsewhere = Files.createDirectory(folder.resolve("else where"));
        Files.copy(Launcher.ROOT.resolve("examples/flask-orders/stack.yaml"), elsewhere.resolve("my stack.yaml"));

        var ended = new Launcher(link, folder).run(elsewhere, "validate", "my stack.yaml");

        // The file was found; what it names is not beside this copy.
        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.err()).contains("no such file or folder: " + elsewhere.resolve("app"));
    }

    @Test
    void passesTheExitCodeOn() throws Exception {
        assertThat(Launcher.packaged(folder).run("version").exitCode()).isZero();
        assertThat(Launcher.packaged(folder).run("nonsense").exitCode()).isEqualTo(2);
    }

    @Test
    void anOldJavaHomeIsPassedOver() throws Exception {
        var old = folder.resolve("jdk-17");
        Files.createDirectories(old.resolve("bin"));
        executable(old.resolve("bin/java"), "#!/bin/sh\nexit 99\n");
        executable(old.resolve("bin/javac"), "#!/bin/sh\nexit 99\n");
        Files.writeString(old.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"17.0.1\"\n");

        assertThat(Launcher.packaged(folder)
                        .with("JAVA_HOME", old.toString())
                        .run("version")
                        .exitCode())
                .isZero();
    }

    @Test
    void withoutANewEnoughJdkItSaysWhatToInstall() throws Exception {
        var script = tree(BUILDS);
        Files.writeString(script, Files.readString(script).replace("NEEDED=25", "NEEDED=999"));

        var ended = new Launcher(script, folder).run("version");

        assertThat(ended.exitCode()).isEqualTo(4);
        assertThat(ended.err())
                .contains("needs a JDK 999 or newer")
                .contains("apt-get install")
                .contains("adoptium.net");
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void buildsOnFirstUseAndWhenASourceChanged() throws Exception {
        var script = tree(BUILDS);
        var launcher = new Launcher(script, folder)
                .with("RUSTSTACK_NO_BUILD", "")
                .with("REAL", Launcher.ROOT.resolve("cli/target").toString());

        var first = launcher.run("version");
        var second = launcher.run("version");
        var source = script.resolveSibling("emulator/src/main/java/Some.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(10)));
        var third = launcher.run("version");

        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.out()).startsWith("RustStack ");
        assertThat(first.err()).contains("Building RustStack (first use)");
        assertThat(second.err()).isEmpty();
        assertThat(third.err()).contains("Building RustStack (its sources changed)");
        assertThat(Files.readAllLines(script.resolveSibling("builds"))).hasSize(2);
    }

    @Test
    void aFailedBuildShowsItsErrorsAndItsLogAndIsTriedAgain() throws Exception {
        var script = tree("#!/bin/sh\necho '[INFO] fine'\necho '[ERROR] Could not resolve netty'\nexit 1\n");
        var launcher = new Launcher(script, folder).with("RUSTSTACK_NO_BUILD", "");

        var ended = launcher.run("version");

        assertThat(ended.exitCode()).isEqualTo(4);
        assertThat(ended.err())
                .contains("[ERROR] Could not resolve netty")
                .contains("could not be built")
                .contains(script.resolveSibling("cli/target/build.log").toString())
                .doesNotContain("[INFO] fine");
        assertThat(launcher.run("version").exitCode()).isEqualTo(4);
    }

    /** A source tree with this launcher and the given mvnw; returns its launcher. */
    private Path tree(String maven) throws IOException {
        var root = Files.createDirectory(folder.resolve("tree")).toRealPath();
        var script = root.resolve("ruststack");
        Files.copy(Launcher.ROOT.resolve("ruststack"), script, StandardCopyOption.COPY_ATTRIBUTES);
        executable(root.resolve("mvnw"), maven);
        Files.writeString(root.resolve("pom.xml"), "<project/>");
        Files.createDirectories(root.resolve("emulator/src/main/java"));
        Files.writeString(root.resolve("emulator/src/main/java/Some.java"), "class Some {}");
        return script;
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
