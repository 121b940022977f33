package dev.ruststack.crds.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RustStackYamlTest {
    private static final String HEAD = """
            apiVersion: ruststack.dev/v1alpha1
            kind: RustStack
            metadata: {name: shop}
            """;

    private static final Path EXAMPLES = Path.of("src/test/resources/yaml/valid");

    @TempDir
    Path folder;

    @Test
    void bindsMetadataAndSpec() {
        var document = valid(RustStackYaml.read(EXAMPLES.resolve("everything.yaml")));

        assertThat(document.metadata().name()).isEqualTo("shop");
        assertThat(document.metadata().annotations()).containsEntry("ruststack.dev/reconcile", "Paused");
        assertThat(document.spec().lambda().maxRunners()).isEqualTo(10);
        assertThat(document.spec().emulator().image())
                .as("\"\" means the default")
                .isNull();
        assertThat(document.spec().buckets().getFirst().objects().getFirst().metadata())
                .isEqualTo(Map.of("a", "b"));
        assertThat(document.spec().restApis().getFirst().routes().getFirst().method())
                .isEqualTo("ANY");
    }

    @Test
    void numbersOfPlainItemsStayExact() {
        var items = valid(RustStackYaml.read(EXAMPLES.resolve("precise-numbers.yaml")))
                .spec()
                .tables()
                .getFirst()
                .items();

        assertThat(items.getFirst())
                .containsEntry("exact", new BigDecimal("9.990000000000000000000001"))
                .containsEntry("large", 9007199254740993L)
                .containsEntry("larger", new BigInteger("123456789012345678901"));
        assertThat(items.get(1))
                .containsEntry("day", "2026-11-23")
                .containsEntry("tilde", null)
                .containsEntry("none", null)
                .containsEntry("hex", 31L)
                .containsEntry(
                        "nested", Map.of("list", List.of(1L, "two", new BigDecimal("3.5"), true, Map.of("a", "b"))));
    }

    @Test
    void anUnquotedTagNMeansN() {
        var table = valid(RustStackYaml.read(EXAMPLES.resolve("unquoted-number-tag.yaml")))
                .spec()
                .tables()
                .getFirst();

        assertThat(table.attributeDefinitions().getFirst().scalarType()).isEqualTo("N");
        assertThat(table.items().get(1))
                .isEqualTo(Map.of("pk", Map.of("N", "2"), "nested", Map.of("M", Map.of("N", Map.of("N", "3")))));
    }

    @Test
    void aliasesAndMergeKeysAreFollowed() {
        var spec = valid(RustStackYaml.read(EXAMPLES.resolve("aliases.yaml"))).spec();

        assertThat(spec.tables().getFirst().keySchema())
                .isEqualTo(spec.tables().getLast().keySchema());
        assertThat(spec.functions().getLast().name()).isEqualTo("other");
        assertThat(spec.functions().getLast().runtime()).isEqualTo("python3.12");
    }

    @Test
    void whatAnAliasUnfoldsToIsBounded() throws IOException {
        var bomb = new StringBuilder(HEAD).append("spec:\n  tables:\n  - items:\n    - a0: &a0 [x]\n");
        for (var i = 1; i <= 8; i++) {
            bomb.append("      a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(6)));
        }

        assertThat(problems(bomb.toString())).anyMatch(problem -> problem.contains("values"));
    }

    @Test
    void deepNestingIsAProblemAndNoOverflow() throws IOException {
        assertThat(problems(HEAD + "spec: " + "[".repeat(100_000)))
                .singleElement()
                .asString()
                .contains("nested too deeply");
        assertThat(problems(HEAD + "spec: {tables: [{items: [" + "{a: ".repeat(200) + "1" + "}".repeat(200) + "]}]}"))
                .anyMatch(problem -> problem.contains("nested deeper than 100 levels"));
    }

    @Test
    void aFileThatCannotBeReadIsAProblem() throws IOException {
        assertThat(problems(RustStackYaml.read(folder.resolve("no.yaml"))))
                .containsExactly(folder.resolve("no.yaml") + ": no such file");
        assertThat(problems(RustStackYaml.read(folder))).containsExactly(folder + ": is a directory, not a file");
    }

    @Test
    void windowsLineEndsAndAByteOrderMarkAreRead() throws IOException {
        var text = "\uFEFF" + (HEAD + "spec: {region: eu-west-1}\n").replace("\n", "\r\n");

        assertThat(valid(read(text)).spec().region()).isEqualTo("eu-west-1");
    }

    @Test
    void aCallerCanPlaceItsOwnProblems() {
        var document = valid(RustStackYaml.read(EXAMPLES.resolve("everything.yaml")));

        assertThat(document.problem("spec.tables[0].keySchema[0].keyType", "no"))
                .hasToString(EXAMPLES.resolve("everything.yaml") + ":58:46: spec.tables[0].keySchema[0].keyType: no");
        assertThat(document.problem("spec.functions[0].code.files.other", "no").line())
                .as("the nearest thing around an absent field")
                .isEqualTo(68);
    }

    @Test
    void localPathsHaveToExistAndToBeOfTheRightKind() throws IOException {
        Files.createDirectories(folder.resolve("app"));
        Files.createDirectories(folder.resolve("fixtures"));
        Files.createDirectories(folder.resolve("tools"));
        Files.writeString(folder.resolve("orders.jsonl"), "");
        Files.writeString(
                folder.resolve("stack.yaml"),
                Files.readString(EXAMPLES.resolve("../one-machine/everything-it-can.yaml")));
        var document = valid(RustStackYaml.read(folder.resolve("stack.yaml")));

        assertThat(LocalFiles.check(document, folder))
                .singleElement()
                .asString()
                .isEqualTo(folder.resolve("stack.yaml")
                        + ":42:63: spec.buckets[0].objects[0].content.path: no such file or folder: "
                        + folder.resolve("logo.png"));

        Files.delete(folder.resolve("fixtures"));
        Files.writeString(folder.resolve("fixtures"), "");
        Files.createDirectories(folder.resolve("logo.png"));
        assertThat(LocalFiles.check(document, folder))
                .extracting(Problem::message)
                .containsExactly(
                        folder.resolve("logo.png") + " is not a file",
                        folder.resolve("fixtures") + " is not a folder or a .zip file");
    }

    private static RustStackDocument valid(ReadResult result) {
        return assertThat(result)
                .asInstanceOf(type(ReadResult.Valid.class))
                .actual()
                .documents()
                .getFirst();
    }

    private static List<String> problems(String yaml) throws IOException {
        return problems(read(yaml));
    }

    private static List<String> problems(ReadResult result) {
        return assertThat(result).asInstanceOf(type(ReadResult.Invalid.class)).actual().problems().stream()
                .map(Problem::toString)
                .toList();
    }

    private static ReadResult read(String yaml) throws IOException {
        return RustStackYaml.read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)), "stack.yaml");
    }
}
