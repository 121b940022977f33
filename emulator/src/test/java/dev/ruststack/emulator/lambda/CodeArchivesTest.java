package dev.ruststack.emulator.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.lambda.FunctionConfiguration.Code;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeArchivesTest {
    private final TestClock clock = new TestClock(Instant.parse("2026-11-23T10:00:00Z"));

    @TempDir
    Path temporary;

    private Path root;
    private CodeArchives archives;

    @BeforeEach
    void open() throws IOException {
        root = temporary.resolve("code");
        archives = new CodeArchives(root, clock);
    }

    @AfterEach
    void close() {
        archives.close();
    }

    @Test
    void packageIsUnpackedWithItsModesButForWriting() throws IOException {
        var code = add(new TestZip()
                .file("bootstrap", 0755, "#!/bin/sh".getBytes())
                .file("lib/app.py", "print(1)")
                .plain("plain.txt", "no mode")
                .bytes());

        assertThat(code.directory().resolve("lib/app.py")).hasContent("print(1)");
        assertThat(mode(code.directory().resolve("bootstrap"))).isEqualTo("r-xr-xr-x");
        assertThat(mode(code.directory().resolve("lib/app.py"))).isEqualTo("r--r--r--");
        assertThat(mode(code.directory().resolve("plain.txt"))).isEqualTo("r--r--r--");
        assertThat(mode(code.directory().resolve("lib"))).isEqualTo("r-xr-xr-x");
    }

    @Test
    void hashAndSizeAreThoseOfTheZip() throws Exception {
        var zip = TestZip.of("a", "b");

        var code = add(zip);

        var sha256 = java.security.MessageDigest.getInstance("SHA-256").digest(zip);
        assertThat(code.sha256()).isEqualTo(Base64.getEncoder().encodeToString(sha256));
        assertThat(code.size()).isEqualTo(zip.length);
        assertThat(code.zip()).hasBinaryContent(zip);
    }

    @Test
    void samePackageIsKeptOnce() throws IOException {
        var zip = TestZip.of("a", "b");

        assertThat(add(zip)).isEqualTo(add(zip));
        assertThat(homes()).hasSize(1);
    }

    @Test
    void packageStaysWhileOneFunctionHasIt() throws IOException {
        var zip = TestZip.of("a", "b");
        var code = add(zip);
        add(zip);

        archives.release(code, Duration.ZERO);

        assertThat(code.directory().resolve("a")).exists();
    }

    @Test
    void packageThatNoFunctionHasGoesAfterItsTime() throws IOException {
        var code = add(TestZip.of("a", "b"));

        archives.release(code, Duration.ofMinutes(5));
        assertThat(code.directory().resolve("a")).exists();

        clock.advance(Duration.ofMinutes(5));
        add(TestZip.of("other", "b"));
        assertThat(code.directory()).doesNotExist();
        assertThat(code.zip()).doesNotExist();
    }

    @Test
    void packageThatComesBackInTimeStays() throws IOException {
        var zip = TestZip.of("a", "b");
        archives.release(add(zip), Duration.ofMinutes(5));

        var again = add(zip);

        clock.advance(Duration.ofMinutes(6));
        add(TestZip.of("other", "b"));
        assertThat(again.directory().resolve("a")).exists();
    }

    @Test
    void closingRemovesEverything() throws IOException {
        add(new TestZip().file("deep/down/file", "x").link("link", "deep").bytes());

        archives.close();

        assertThat(root).doesNotExist();
    }

    @Test
    void whatAKilledRunLeftIsRemovedAtTheStart() throws IOException {
        add(TestZip.of("deep/file", "x"));

        archives = new CodeArchives(root, clock);

        assertThat(homes()).isEmpty();
    }

    @Test
    void manyAtATimeKeepOnePackage() throws Exception {
        var zip = TestZip.of("a", "b");
        var adding = new ArrayList<Callable<Code>>();
        for (int i = 0; i < 16; i++) {
            adding.add(() -> add(zip));
        }

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var codes = new ArrayList<Code>();
            for (var future : threads.invokeAll(adding)) {
                codes.add(future.get());
            }
            assertThat(codes).containsOnly(codes.getFirst());
        }
        assertThat(homes()).hasSize(1);
    }

    @Test
    void linksWithinThePackageAreKept() throws IOException {
        var code = add(new TestZip()
                .file("node_modules/tool/cli.js", 0755, "run".getBytes())
                .link("node_modules/.bin/tool", "../tool/cli.js")
                .link("current", "node_modules")
                .link("dangling", "not/here")
                .bytes());

        assertThat(code.directory().resolve("node_modules/.bin/tool")).hasContent("run");
        assertThat(Files.readSymbolicLink(code.directory().resolve("current"))).isEqualTo(Path.of("node_modules"));
        assertThat(Files.exists(code.directory().resolve("dangling"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
    }

    @Test
    void dotsAndDoubledSlashesInNamesMeanNothing() throws IOException {
        var code = add(new TestZip().directory("lib").file("./lib//app.py", "x").bytes());

        assertThat(code.directory().resolve("lib/app.py")).hasContent("x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "a/../../evil", "/etc/evil", "..", "a/.."})
    void namesThatLeadOutAreRefused(String name) {
        assertUnreadable(
                () -> add(new TestZip().file("a/b", "x").file(name, "x").bytes()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../outside", "a/../../outside", "loop", "up/../../outside"})
    void linksThatPointOutOrNowhereEndAreRefused(String target) {
        assertUnreadable(() -> add(new TestZip()
                .directory("a")
                .link("a/up", "..")
                .link("loop", target)
                .bytes()));
    }

    @Test
    void linkThatLeavesThroughAnotherLinkIsRefused() {
        assertUnreadable(() -> add(new TestZip()
                .directory("p/q/r")
                .link("p/q/r/root", "../../..")
                .link("out", "p/q/r/root/../../f")
                .bytes()));
    }

    @Test
    void fileBehindALinkIsRefused() {
        assertUnreadable(
                () -> add(new TestZip().link("a", "b").file("a/file", "x").bytes()));
        assertUnreadable(() ->
                add(new TestZip().directory("b").link("a", "b").link("a/c", "d").bytes()));
    }

    @Test
    void fileThatComesTwiceIsRefused() {
        assertUnreadable(() -> add(new TestZip().file("a", "1").file("./a", "2").bytes()));
        assertUnreadable(() -> add(new TestZip().file("a", "1").file("a/b", "2").bytes()));
        assertUnreadable(() -> add(new TestZip().file("a/b", "1").file("a", "2").bytes()));
        assertUnreadable(() -> add(new TestZip().file("a", "1").link("a", "b").bytes()));
    }

    @Test
    void nameThatNoFileSystemTakesIsRefused() {
        assertUnreadable(() -> add(TestZip.of("n".repeat(256), "x")));
        assertUnreadable(() -> add(TestZip.of("n/".repeat(2100) + "n", "x")));
        assertUnreadable(() -> add(TestZip.of("null\0byte", "x")));
    }

    @Test
    void brokenZipsAreRefused() {
        var random = new byte[4096];
        new Random(1).nextBytes(random);
        var zip = new TestZip().file("a", 0644, random).bytes();
        var damaged = zip.clone();
        damaged[2000] ^= 0x55;

        assertUnreadable(() -> add("not a zip".getBytes()));
        assertUnreadable(() -> add(Arrays.copyOf(zip, zip.length - 20)));
        assertUnreadable(() -> add(damaged));
    }

    @Test
    void encryptedZipIsRefused() {
        var zip = TestZip.of("a", "b");
        setEncryptedFlag(zip);

        assertUnreadable(() -> add(zip));
    }

    @Test
    void emptyZipIsRefused() {
        assertThatThrownBy(() -> add(new TestZip().bytes()))
                .isInstanceOf(AwsException.class)
                .hasMessage("Uploaded file must be a non-empty zip");
    }

    @Test
    void zipBombIsRefusedWhileItIsRead() {
        var zip = new TestZip();
        var zeros = new byte[32 * 1024 * 1024];
        for (int i = 0; i < 8; i++) {
            zip.file("zeros" + i, 0644, zeros);
        }

        assertThatThrownBy(() -> add(zip.bytes()))
                .isInstanceOf(AwsException.class)
                .hasMessage("Unzipped size must be smaller than 262144000 bytes");
    }

    @Test
    void nothingIsLeftOfARefusedPackage() throws IOException {
        assertUnreadable(
                () -> add(new TestZip().file("a/b", "1").file("../c", "2").bytes()));

        assertThat(homes()).isEmpty();
    }

    private Code add(byte[] zip) throws IOException {
        return archives.add(new ByteArrayInputStream(zip));
    }

    private Path[] homes() throws IOException {
        try (var list = Files.list(root)) {
            return list.toArray(Path[]::new);
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static void assertUnreadable(ThrowingCallable adding) {
        assertThatThrownBy(adding)
                .isInstanceOf(AwsException.class)
                .hasMessage("Could not unzip uploaded file. Please check your file, then try to upload again.");
    }

    /** Sets bit 0 of the general purpose flags, in the local header and in the central directory. */
    private static void setEncryptedFlag(byte[] zip) {
        zip[6] |= 1;
        for (int i = 0; i + 3 < zip.length; i++) {
            if (zip[i] == 'P' && zip[i + 1] == 'K' && zip[i + 2] == 1 && zip[i + 3] == 2) {
                zip[i + 8] |= 1;
            }
        }
    }
}
