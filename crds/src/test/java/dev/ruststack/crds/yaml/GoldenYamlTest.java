package dev.ruststack.crds.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every {@code NAME.yaml} below {@code src/test/resources/yaml} and, beside it in {@code NAME.txt}, what is said about
 * it. After a wanted change: {@code ./mvnw -q -pl crds test -Dtest=GoldenYamlTest -Dregenerate=true}, and read the
 * difference.
 */
class GoldenYamlTest {
    private static final Path FOLDER = Path.of("src/test/resources/yaml");

    @TestFactory
    Stream<DynamicTest> invalid() throws IOException {
        return inFolder("invalid", file -> {
            assertThat(read(file)).isInstanceOf(ReadResult.Invalid.class);
            return said(read(file));
        });
    }

    @TestFactory
    Stream<DynamicTest> valid() throws IOException {
        return inFolder("valid", file -> {
            assertThat(said(read(file))).allMatch(line -> line.startsWith("warning: "));
            return said(read(file));
        });
    }

    @TestFactory
    Stream<DynamicTest> oneMachine() throws IOException {
        return inFolder("one-machine", file -> {
            var valid = (ReadResult.Valid) read(file);
            return valid.documents().stream()
                    .map(OneMachine::check)
                    .flatMap(found -> lines(found.problems(), found.warnings()))
                    .toList();
        });
    }

    private interface Reading {
        List<String> of(Path file) throws IOException;
    }

    private static Stream<DynamicTest> inFolder(String name, Reading reading) throws IOException {
        try (var files = Files.list(FOLDER.resolve(name))) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream()
                    .map(file -> DynamicTest.dynamicTest(
                            file.getFileName().toString(), () -> compare(file, reading.of(file))));
        }
    }

    private static void compare(Path file, List<String> said) throws IOException {
        var golden = file.resolveSibling(file.getFileName().toString().replace(".yaml", ".txt"));
        if (Boolean.getBoolean("regenerate")) {
            Files.write(golden, said);
        }
        assertThat(said).containsExactlyElementsOf(Files.readAllLines(golden));
    }

    private static ReadResult read(Path file) throws IOException {
        var stream = new ByteArrayInputStream(Files.readAllBytes(file));
        return RustStackYaml.read(stream, file.getFileName().toString());
    }

    private static List<String> said(ReadResult result) {
        return switch (result) {
            case ReadResult.Valid(var documents, var warnings) -> {
                assertThat(documents).isNotEmpty();
                yield lines(List.of(), warnings).toList();
            }
            case ReadResult.Invalid(var problems, var warnings) ->
                lines(problems, warnings).toList();
        };
    }

    private static Stream<String> lines(List<Problem> problems, List<Problem> warnings) {
        return Stream.concat(
                problems.stream().map(Problem::toString), warnings.stream().map(warning -> "warning: " + warning));
    }
}
