package dev.ruststack.emulator.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessGuardTest {
    @TempDir
    Path folder;

    @Test
    void killedParentLeavesNoProcessAndNoDirectory() throws Exception {
        var pids = folder.resolve("pids");
        var directory = folder.resolve("a directory with spaces");
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var parent = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        GuardedParent.class.getName(),
                        pids.toString(),
                        directory.toString())
                .redirectOutput(Redirect.INHERIT)
                .redirectError(Redirect.INHERIT)
                .start();
        await().until(() -> written(pids).size() == 4);
        assertThat(written(pids)).allMatch(ProcessGuardTest::alive);

        parent.destroyForcibly().waitFor();

        await().untilAsserted(() -> assertThat(written(pids)).noneMatch(ProcessGuardTest::alive));
        await().untilAsserted(() -> assertThat(directory).doesNotExist());
    }

    @Test
    void closeEndsChildrenAndRemovesDirectories() throws Exception {
        var pids = folder.resolve("pids");
        var owned = Files.createDirectories(folder.resolve("owned/nested")).getParent();
        var disowned = Files.createDirectories(folder.resolve("disowned"));
        var guard = ProcessGuard.start();
        guard.ownDirectory(owned);
        guard.ownDirectory(disowned);
        guard.disownDirectory(disowned);
        guard.start(new ProcessBuilder("/bin/sh", "-c", GuardedParent.FAMILY, pids.toString()));
        await().until(() -> written(pids).size() == 3);

        guard.close();

        await().untilAsserted(() -> assertThat(written(pids)).noneMatch(ProcessGuardTest::alive));
        assertThat(owned).doesNotExist();
        assertThat(disowned).exists();
    }

    @Test
    void killEndsTheWholeFamilyButNoOther() throws Exception {
        var pids = folder.resolve("pids");
        try (var guard = ProcessGuard.start()) {
            var other = guard.start(new ProcessBuilder("sleep", "1000"));
            var child = guard.start(new ProcessBuilder("/bin/sh", "-c", GuardedParent.FAMILY, pids.toString()));
            await().until(() -> written(pids).size() == 3);

            guard.kill(child);

            await().untilAsserted(() -> assertThat(written(pids)).noneMatch(ProcessGuardTest::alive));
            assertThat(other.isAlive()).isTrue();
        }
    }

    @Test
    void whatAChildLeavesBehindDiesWithIt() throws Exception {
        var pids = folder.resolve("pids");
        try (var guard = ProcessGuard.start()) {
            var child = guard.start(new ProcessBuilder(
                    "/bin/sh",
                    "-c",
                    "sleep 1000 & echo $! >> \"$0\"; setsid sh -c 'echo $$ >> \"$0\"; sleep 1000' \"$0\" & "
                            + "while [ $(wc -l < \"$0\") -lt 2 ]; do :; done",
                    pids.toString()));

            assertThat(child.waitFor()).isZero();

            await().untilAsserted(() -> assertThat(written(pids)).noneMatch(ProcessGuardTest::alive));
        }
    }

    @Test
    void aGuardThatWasKilledIsReplaced() throws Exception {
        var pids = folder.resolve("pids");
        var guard = ProcessGuard.start();
        var before = guards();
        guard.start(new ProcessBuilder("/bin/sh", "-c", "echo $$ >> \"$0\"; sleep 1000", pids.toString()));
        await().until(() -> written(pids).size() == 1);

        before.forEach(ProcessHandle::destroyForcibly);
        await().until(() -> guards().size() == 1 && !guards().equals(before));
        guard.close();

        await().untilAsserted(() -> assertThat(written(pids)).noneMatch(ProcessGuardTest::alive));
    }

    @Test
    void outputErrorsAndStatusComeThrough() throws Exception {
        try (var guard = ProcessGuard.start()) {
            var builder = new ProcessBuilder("/bin/sh", "-c", "cat; echo \"$GREETING\"; echo wrong >&2; exit 7")
                    .directory(folder.toFile());
            builder.environment().put("GREETING", "hello");

            var child = guard.start(builder);

            assertThat(child.getInputStream()).hasContent("hello\n");
            assertThat(child.getErrorStream()).hasContent("wrong\n");
            assertThat(child.waitFor()).isEqualTo(7);
            assertThat(builder.environment()).doesNotContainKey("RUSTSTACK_CHILD");
        }
    }

    @Test
    void aCommandThatDoesNotExistEndsWith127() throws Exception {
        try (var guard = ProcessGuard.start()) {
            assertThat(guard.start(new ProcessBuilder("/no/such/program")).waitFor())
                    .isEqualTo(127);
        }
    }

    @Test
    void nothingStartsAfterClose() throws Exception {
        var guard = ProcessGuard.start();
        guard.close();

        assertThatThrownBy(() -> guard.start(new ProcessBuilder("sleep", "1000")))
                .isInstanceOf(IOException.class);
    }

    private static List<ProcessHandle> guards() {
        return ProcessHandle.current()
                .children()
                .filter(child ->
                        List.of(child.info().arguments().orElse(new String[0])).contains("ruststack-guard"))
                .toList();
    }

    private static List<Long> written(Path pids) throws IOException {
        return Files.exists(pids)
                ? Files.readAllLines(pids).stream().map(Long::valueOf).toList()
                : List.of();
    }

    private static boolean alive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
