package dev.ruststack.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.cli.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackDirectoryTest {
    @TempDir
    private Path folder;

    private StackDirectory stacks;

    @BeforeEach
    void openDirectory() {
        stacks = StackDirectory.of(Map.of("XDG_RUNTIME_DIR", folder.toString()));
    }

    @Test
    void aRunningStackIsFoundByItsNameAndAsTheOnlyOne() throws IOException {
        var shop = stack("shop");
        stacks.note(shop);

        assertThat(stacks.require(null)).isEqualTo(shop);
        assertThat(stacks.require("shop")).isEqualTo(shop);
    }

    @Test
    void anotherNameIsRefusedWithThoseThatRun() throws IOException {
        stacks.note(stack("shop"));

        assertThatThrownBy(() -> stacks.require("ship"))
                .isInstanceOfSatisfying(
                        CommandException.class, e -> assertThat(e.remedy()).contains("shop (pid "));
    }

    @Test
    void ofSeveralOneHasToBeNamed() throws IOException {
        stacks.note(stack("shop"));
        stacks.note(stack("bank"));

        assertThatThrownBy(() -> stacks.require(null))
                .hasMessageContaining("more than one")
                .hasMessageContaining("bank");
        assertThat(stacks.require("bank").name()).isEqualTo("bank");
    }

    @Test
    void aStackWhoseProcessIsGoneIsForgotten() throws IOException, InterruptedException {
        var process = new ProcessBuilder("true").start();
        process.waitFor();
        stacks.note(stack("shop", process.pid(), 0));

        assertThat(stacks.running()).isEmpty();
        assertThat(folder.resolve("ruststack")).isEmptyDirectory();
    }

    @Test
    void aLaterProcessWithThePidOfAStackIsNotTakenForIt() throws IOException {
        long pid = ProcessHandle.current().pid();
        stacks.note(stack("shop", pid, Processes.started(pid) - 3_600_000));

        assertThat(stacks.running()).isEmpty();
    }

    @Test
    void onlyTheOwnerCanReadTheSecrets() throws IOException {
        stacks.note(stack("shop"));

        var file = stacks.folder("shop").resolve("stack.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("ruststack"))))
                .isEqualTo("rwx------");
    }

    @Test
    void aFolderThatOthersCanWriteIsNotBelieved() throws IOException {
        stacks.note(stack("shop"));
        Files.setPosixFilePermissions(folder.resolve("ruststack"), PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThat(stacks.running()).isEmpty();
        assertThatThrownBy(() -> stacks.note(stack("bank"))).hasMessageContaining("others can look into it");
    }

    @Test
    void whatIsNoStackIsPassedOver() throws IOException {
        stacks.note(stack("shop"));
        Files.createDirectory(folder.resolve("ruststack/broken"));
        Files.writeString(folder.resolve("ruststack/broken/stack.json"), "{");

        assertThat(stacks.running()).hasSize(1);
    }

    private static RunningStack stack(String name) {
        long pid = ProcessHandle.current().pid();
        return stack(name, pid, Processes.started(pid));
    }

    private static RunningStack stack(String name, long pid, long started) {
        return new RunningStack(
                name,
                pid,
                started,
                Instant.parse("2026-11-23T10:00:00Z"),
                "stack.yaml",
                "127.0.0.1",
                new RunningStack.Ports(4566, 8080, 9001, 4567),
                new RunningStack.Credentials("us-east-1", "000000000000", "key", "secret"),
                "token");
    }
}
