package dev.ruststack.operator.seed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ruststack.crds.RustStackSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class SeedBundleTest {
    private static final String DECLARATION = """
            buckets:
            - name: uploads
              objects:
              - {key: a, content: {secretKeyRef: {name: files, key: a}}}
              - {key: b, content: {parts: [{configMapKeyRef: {name: big, key: "0"}}, {secretKeyRef: {name: big, key: "1"}}]}}
              objectsFrom: [{configMapRef: {name: fixtures}}, {secretRef: {name: more}}]
            tables:
            - name: orders
              attributeDefinitions: [{attributeName: pk, attributeType: S}]
              keySchema: [{attributeName: pk, keyType: HASH}]
              items: [{pk: "1", nothing: null}]
              itemsFrom: [{configMapKeyRef: {name: orders, key: items.jsonl}}]
            layers:
            - {name: tools, code: {parts: [{configMapKeyRef: {name: layer, key: "0"}}]}}
            functions:
            - name: web
              runtime: python3.12
              handler: a.b
              code: {configMapRef: {name: code}}
              environment: {variablesFrom: [{secretRef: {name: app}}, {configMapRef: {name: settings}}]}
            """;

    private static final Reference.Target FILES = new Reference.Target(Reference.Kind.SECRET, "files");

    @Test
    void everyReferenceIsFoundWithTheFieldThatAsks() {
        assertThat(References.of(spec(DECLARATION)).all())
                .extracting(reference -> reference.target() + "/" + reference.key() + " " + reference.fieldPath())
                .containsExactly(
                        "Secret files/a spec.buckets[0].objects[0].content.secretKeyRef",
                        "ConfigMap big/0 spec.buckets[0].objects[1].content.parts[0].configMapKeyRef",
                        "Secret big/1 spec.buckets[0].objects[1].content.parts[1].secretKeyRef",
                        "ConfigMap fixtures/null spec.buckets[0].objectsFrom[0].configMapRef",
                        "Secret more/null spec.buckets[0].objectsFrom[1].secretRef",
                        "ConfigMap orders/items.jsonl spec.tables[0].itemsFrom[0].configMapKeyRef",
                        "ConfigMap layer/0 spec.layers[0].code.parts[0].configMapKeyRef",
                        "ConfigMap code/null spec.functions[0].code.configMapRef",
                        "Secret app/null spec.functions[0].environment.variablesFrom[0].secretRef",
                        "ConfigMap settings/null spec.functions[0].environment.variablesFrom[1].configMapRef");
    }

    @Test
    void whatIsMissingIsNamed() {
        var references = References.of(spec(DECLARATION));

        assertThat(references.missing(Map.of(FILES, Set.of("other")))).hasSize(10);
        assertThat(references.missing(Map.of(FILES, Set.of("a")))).hasSize(9);
        assertThat(references.targets()).hasSize(10).contains(FILES);
    }

    @Test
    void onlyTheKeysThatAreNamedAreHandedOn() throws IOException {
        var document = document(DECLARATION, Map.of(FILES, data("a", "one", "b", "two")));

        assertThat(document.at("/references")).hasSize(1);
        assertThat(document.at("/references/0").toString())
                .isEqualTo("{\"data\":{\"a\":\"b25l\"},\"kind\":\"Secret\",\"name\":\"files\"}");
    }

    @Test
    void theDocumentIsTheResourceWithItsReferences() throws IOException {
        var bundle = bundle(DECLARATION, Map.of());
        var document = document(DECLARATION, Map.of());

        assertThat(document.at("/revision").textValue())
                .isEqualTo(bundle.revision())
                .matches("sha256:[0-9a-f]{64}");
        assertThat(document.at("/stack/metadata/name").textValue()).isEqualTo("shop");
        assertThat(document.at("/stack/spec/buckets/0/objects/0/content/secretKeyRef/key")
                        .textValue())
                .isEqualTo("a");
        assertThat(document.at("/stack/spec/tables/0/items/0").toString())
                .as("an attribute that is null is DynamoDB's NULL")
                .isEqualTo("{\"nothing\":null,\"pk\":\"1\"}");
        assertThat(document.at("/stack/spec").fieldNames())
                .toIterable()
                .doesNotContain("emulator", "podTemplate", "lifetime", "storage");
    }

    @Test
    void theSameDeclarationGivesTheSameBytes() {
        var content = Map.of(FILES, data("a", "one"));

        assertThat(bundle(DECLARATION, content)).isEqualTo(bundle(DECLARATION, content));
    }

    @Test
    void theRevisionIsOfWhatMattersForSeeding() {
        var before = bundle(DECLARATION, Map.of());

        assertThat(bundle(DECLARATION + "emulator: {logLevel: Debug}\n", Map.of())
                        .revision())
                .isEqualTo(before.revision());
        assertThat(bundle(DECLARATION + "seedPolicy: {mode: Exact}\n", Map.of()).revision())
                .isNotEqualTo(before.revision());
        assertThat(bundle(DECLARATION, Map.of(FILES, data("a", "x"))).revision())
                .isNotEqualTo(before.revision());
    }

    @Test
    void piecesJoinToTheBundle() throws IOException {
        var content = Map.of(FILES, Map.of("a", noise(2_000_000)));
        try (var file = file(DECLARATION, content)) {
            var joined = new ByteArrayOutputStream();
            for (int i = 0; i < file.bundle().pieces().size(); i++) {
                var piece = file.piece(i);
                assertThat(piece.length).isBetween(1, SeedBundle.PIECE);
                assertThat(SeedBundle.sha256(piece))
                        .isEqualTo(file.bundle().pieces().get(i));
                joined.write(piece);
            }
            assertThat(file.bundle().pieces()).hasSizeGreaterThan(1);
            assertThat(joined.size()).isEqualTo((int) file.bundle().bytes());
            assertThat(joined.toByteArray()).isEqualTo(file.stream().readAllBytes());
            assertThat(SeedBundle.sha256(joined.toByteArray()))
                    .isEqualTo(file.bundle().sha256());
        }
    }

    @Test
    void aBundleThatIsTooLargeIsNone() {
        assertThat(write(DECLARATION, Map.of(FILES, Map.of("a", noise(SeedBundle.LARGEST + 1_000_000)))))
                .isInstanceOfSatisfying(
                        SeedWriter.Refused.class,
                        refused -> assertThat(refused.tooLarge().message())
                                .contains(String.valueOf(SeedBundle.LARGEST), "when compressed"));
    }

    @Test
    void aBundleThatUnpacksToTooMuchIsNone() {
        var zeros = new byte[(int) (SeedBundle.LARGEST_DOCUMENT / 4 * 3)];

        assertThat(write(DECLARATION, Map.of(FILES, Map.of("a", zeros))))
                .isInstanceOfSatisfying(
                        SeedWriter.Refused.class,
                        refused -> assertThat(refused.tooLarge().message())
                                .contains(String.valueOf(SeedBundle.LARGEST_DOCUMENT)));
    }

    private static SeedBundle bundle(String spec, Map<Reference.Target, Map<String, byte[]>> content) {
        try (var file = file(spec, content)) {
            return file.bundle();
        }
    }

    private static SeedFile file(String spec, Map<Reference.Target, Map<String, byte[]>> content) {
        return ((SeedWriter.Whole) write(spec, content)).file();
    }

    private static SeedWriter.Written write(String spec, Map<Reference.Target, Map<String, byte[]>> content) {
        return SeedWriter.write("shop", spec(spec), Contents.of(content));
    }

    private static RustStackSpec spec(String yaml) {
        return Serialization.unmarshal(yaml, RustStackSpec.class);
    }

    private static JsonNode document(String spec, Map<Reference.Target, Map<String, byte[]>> content)
            throws IOException {
        try (var file = file(spec, content);
                var stream = new GZIPInputStream(file.stream())) {
            return new ObjectMapper().readTree(stream);
        }
    }

    private static Map<String, byte[]> data(String... keysAndValues) {
        var data = new TreeMap<String, byte[]>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            data.put(keysAndValues[i], keysAndValues[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return data;
    }

    /** Bytes that no compression makes smaller, the same each time. */
    private static byte[] noise(int length) {
        var bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return bytes;
    }
}
