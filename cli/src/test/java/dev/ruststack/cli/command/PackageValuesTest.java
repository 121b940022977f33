package dev.ruststack.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Values of the chart, rendered by Helm itself. */
class PackageValuesTest {
    private static final String STACK = """
            apiVersion: ruststack.dev/v1alpha1
            kind: RustStack
            metadata:
              name: shop
              labels: {team: "1"}
              annotations: {ruststack.dev/note: hello}
            spec:
              region: eu-central-1
              lambda:
                executor: Process
                images: [{runtime: python3.12, image: "registry.example.com/python:3.12"}]
              emulator: {env: [{name: TZ, value: UTC}]}
              lifetime: {ttlSeconds: 1209600}
              buckets:
              - name: uploads
                objects:
                - {key: a.b/logo.png, contentType: image/png, content: {path: logo.png}}
                - {key: "on", content: {text: "no"}}
              - name: plain
              tables:
              - name: orders
                attributeDefinitions: [{attributeName: pk, attributeType: N}]
                keySchema: [{attributeName: pk, keyType: HASH}]
                items: [{pk: 1, total: 19.9900, big: 123456789012}]
                itemsFrom: [{path: orders.jsonl}]
              functions:
              - {name: hello, runtime: provided.al2023, handler: bootstrap, code: {path: hello}}
              restApis:
              - name: web
                routes: [{path: "/{proxy+}", function: hello}]
            """;

    @TempDir
    private Path folder;

    private Commands commands;
    private Path file;

    @BeforeEach
    void writeStack() throws IOException {
        commands = new Commands(Map.of(
                "XDG_RUNTIME_DIR",
                folder.resolve("run").toString(),
                "RUSTSTACK_CACHE",
                folder.resolve("cache").toString()));
        file = Files.writeString(folder.resolve("stack.yaml"), STACK);
        Files.writeString(folder.resolve("logo.png"), "a picture");
        Files.writeString(folder.resolve("orders.jsonl"), "{\"pk\": 2}\n");
        Files.createDirectories(folder.resolve("hello"));
        Files.writeString(folder.resolve("hello/bootstrap"), "#!/bin/sh\n");
    }

    @Test
    void theChartMakesOfThemWhatTheManifestHas() throws Exception {
        var manifest = documents(packaged("manifest"));
        var rendered = documents(rendered(packaged("values")));

        assertThat(sorted(stack(rendered).get("spec")))
                .isEqualTo(sorted(stack(manifest).get("spec")));
        assertThat(stack(rendered).at("/metadata/name").asString()).isEqualTo("shop");
        assertThat(stack(rendered).at("/metadata/labels/team").asString()).isEqualTo("1");
        assertThat(stack(rendered).at("/metadata/annotations"))
                .isEqualTo(stack(manifest).at("/metadata/annotations"));
        assertThat(pieces(rendered)).hasSize(3).isEqualTo(pieces(manifest));
    }

    @Test
    void whatAReleaseCannotHoldIsRefused() throws Exception {
        var bytes = new byte[400_000];
        new Random(1).nextBytes(bytes);
        Files.write(folder.resolve("logo.png"), bytes);

        var ended = commands.run("package", "--output", "values", file.toString());

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("a release of Helm holds 350000", "--registry");
    }

    @Test
    void aNumberThatHelmWouldRoundIsRefusedByName() throws Exception {
        Files.writeString(file, STACK.replace("123456789012", "9007199254740993"));

        var ended = commands.run("package", "-o", "values", file.toString());

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).contains("spec.tables.orders.items.big", "9007199254740993");
    }

    @Test
    void oneReleaseIsOneStack() throws Exception {
        Files.writeString(file, STACK + "---\n" + STACK.replace("name: shop", "name: other"));

        var ended = commands.run("package", "-o", "values", file.toString());

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).contains("2 stacks");
    }

    @Test
    void valuesCannotBeApplied() {
        var ended = commands.run("package", "-o", "values", "--apply", file.toString());

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).contains("--apply applies a manifest");
    }

    private String packaged(String output) {
        var ended = commands.run("package", "--output", output, file.toString());
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        return ended.out();
    }

    private String rendered(String values) throws IOException, InterruptedException {
        var written = Files.writeString(folder.resolve("values.yaml"), values);
        var charts = Path.of("..", "helm").toAbsolutePath().normalize();
        var programs = Path.of(output(charts.resolve("tools").toString()).strip());
        return output(
                programs.resolve("helm").toString(),
                "template",
                "release",
                charts.resolve("ruststack").toString(),
                "--values",
                written.toString());
    }

    private static String output(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
        return output;
    }

    private static List<JsonNode> documents(String text) {
        var settings = LoadSettings.builder().setSchema(new CoreSchema()).build();
        var documents = new ArrayList<JsonNode>();
        new Load(settings)
                .loadAllFromString(text)
                .forEach(each -> documents.add(JsonMapper.shared().valueToTree(each)));
        return documents;
    }

    private static JsonNode stack(List<JsonNode> documents) {
        return documents.stream()
                .filter(each -> each.path("kind").asString("").equals("RustStack"))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> pieces(List<JsonNode> documents) {
        return documents.stream()
                .filter(each -> each.path("kind").asString("").equals("ConfigMap"))
                .map(each -> each.at("/metadata/name").asString() + " " + each.get("binaryData"))
                .sorted()
                .toList();
    }

    /** Maps have no order, and those lists that are maps in the chart have none there. */
    private static JsonNode sorted(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                var sorted = JsonMapper.shared().createObjectNode();
                object.properties().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .forEach(field -> sorted.set(field.getKey(), sorted(field.getValue())));
                yield sorted;
            }
            case ArrayNode array -> {
                var sorted = JsonMapper.shared().createArrayNode();
                array.valueStream()
                        .map(PackageValuesTest::sorted)
                        .sorted(Comparator.comparing(JsonNode::toString))
                        .forEach(sorted::add);
                yield sorted;
            }
            default -> node;
        };
    }
}
