package dev.ruststack.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.cli.terminal.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateCommandTest {
    private static final String GOOD = """
            apiVersion: ruststack.dev/v1alpha1
            kind: RustStack
            metadata:
              name: shop
            spec:
              buckets:
              - name: uploads
                objects:
                - key: logo.png
                  content: {path: logo.png}
            """;

    @TempDir
    private Path folder;

    private Commands commands;
    private Path file;

    @BeforeEach
    void writeGoodFile() throws IOException {
        commands = new Commands(folder);
        file = folder.resolve("stack.yaml");
        Files.writeString(file, GOOD);
        Files.writeString(folder.resolve("logo.png"), "a picture");
    }

    @Test
    void aGoodFileIsSummedUp() {
        var ended = commands.run("validate", file.toString());

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out()).contains("shop with 1 bucket, 0 tables, 0 functions, 0 routes");
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void aFolderStandsForItsStackFile() {
        assertThat(commands.run("validate", folder.toString()).exitCode()).isZero();
    }

    @Test
    void everyMistakeIsShownAtItsPlace() throws IOException {
        Files.writeString(file, GOOD.replace("buckets:", "bukets:").replace("name: shop", "name: Shop"));

        var ended = commands.run("validate", file.toString());

        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .contains(file + ":4:9: metadata.name: ")
                .contains("    4 │   name: Shop\n      │         ^\n")
                .contains(file + ":6:3: spec.bukets: ")
                .contains("2 problems");
    }

    @Test
    void aFileItNamesThatIsNotThereIsAMistake() throws IOException {
        Files.delete(folder.resolve("logo.png"));

        var ended = commands.run("validate", file.toString());

        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.err()).contains("spec.buckets[0].objects[0].content.path: no such file");
    }

    @Test
    void aMissingFileIsNamed() {
        var ended = commands.run("validate", folder.resolve("other.yaml").toString());

        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.err()).contains("other.yaml: no such file");
    }

    @Test
    void jsonHasEveryProblemWithItsPlace() throws IOException {
        Files.writeString(file, GOOD.replace("key: logo.png", "ky: logo.png"));

        var ended = commands.run("validate", "--output", "json", file.toString());

        assertThat(ended.exitCode()).isEqualTo(3);
        var validation = Json.read(ended.out(), ValidateCommand.Validation.class);
        assertThat(validation.valid()).isFalse();
        assertThat(validation.problems())
                .anySatisfy(problem -> assertThat(problem.line()).isEqualTo(9));
        assertThat(ended.err()).isEmpty();
    }
}
