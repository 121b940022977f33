package dev.ruststack.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.cli.ExitCode;
import dev.ruststack.cli.terminal.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RustStackCommandTest {
    @TempDir
    private Path folder;

    private Commands commands;

    @BeforeEach
    void makeCommands() {
        commands = new Commands(folder);
    }

    @Test
    void withoutACommandTheHelpIsShown() {
        var ended = commands.run();

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.out())
                .contains("Usage: ruststack")
                .contains("validate")
                .contains("RUSTSTACK_CACHE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"up", "validate", "status", "env", "invoke", "logs", "reset", "down", "completion", "version"})
    void everyCommandHasHelpThatFitsATerminalAndTellsItsExitCodes(String command) {
        var ended = commands.run(command, "--help");

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out()).contains("Usage: ruststack " + command).contains("Exit codes:");
        assertThat(ended.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void theHelpListsEveryExitCode() {
        var help = commands.run("--help").out().replaceAll("\\s+", " ");

        assertThat(ExitCode.values()).allSatisfy(code -> assertThat(help).contains(code.code() + " " + code.meaning()));
    }

    @Test
    void anUnknownCommandIsAnsweredWithTheNearest() {
        var ended = commands.run("statsu");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).contains("statsu").contains("Did you mean").contains("status");
    }

    @Test
    void anUnknownOptionIsAnsweredWithTheHelpToAskFor() {
        var ended = commands.run("up", "--prot", "1", "stack.yaml");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).contains("--prot").contains("./ruststack up --help");
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "env", "reset", "down", "logs f", "invoke f"})
    void withoutARunningStackItIsSaidWhatToDo(String command) {
        var ended = commands.run(command.split(" "));

        assertThat(ended.exitCode()).isEqualTo(5);
        assertThat(ended.err()).contains("no stack is running").contains("./ruststack up FILE");
    }

    @Test
    void downOfAllIsContentWithNone() {
        assertThat(commands.run("down", "--all").exitCode()).isZero();
    }

    @Test
    void theVersionIsJsonForPrograms() {
        assertThat(map(commands.run("version", "-o", "json").out())).containsKeys("ruststack", "java", "system");
    }

    @Test
    void bashTakesTheCompletionScript() throws IOException, InterruptedException {
        var script = folder.resolve("completion");
        Files.writeString(script, commands.run("completion").out());

        var bash = new ProcessBuilder("bash", "-c", "source '" + script + "' && complete -p ruststack")
                .redirectErrorStream(true)
                .start();

        var said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(said).isZero();
        assertThat(said).contains("_complete_ruststack");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(String json) {
        return Json.read(json, Map.class);
    }
}
