package dev.ruststack.crds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ruststack.crds.bucket.BucketTag;
import dev.ruststack.crds.bucket.Content;
import dev.ruststack.crds.bucket.ObjectLock;
import dev.ruststack.crds.bucket.Versioning;
import dev.ruststack.crds.function.FunctionSpec;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class RecordsTest {
    private static final String SPEC = """
            {"accountId": "123456789012", "fromTheFuture": {"a": 1},
             "emulator": {"resources": {"limits": {"cpu": 1, "memory": "512Mi"}}},
             "buckets": [{"name": "uploads", "versioning": {}, "objectLock": {}, "tags": [{"key": "a", "value": "b"}],
                          "lifecycle": {"rules": [{"expiration": {"days": 1}}]},
                          "objects": [{"key": "a.txt", "content": {"text": ""}}]}],
             "tables": [{"name": "orders",
                         "attributeDefinitions": [{"attributeName": "pk", "attributeType": "Number"}],
                         "keySchema": [{"attributeName": "pk", "keyType": "HASH"}],
                         "items": [{"pk": 1, "note": null}]}],
             "functions": [{"name": "web", "runtime": "python3.12", "handler": "app.handler", "timeout": 10,
                            "code": {"s3": {"bucket": "uploads", "key": "web.zip"}}}],
             "status": "not of the spec"}
            """;

    @Test
    void jackson2BindsASpecAndPassesOverUnknownFields() throws IOException {
        assertIsTheSpec(new ObjectMapper().readValue(SPEC, RustStackSpec.class));
    }

    @Test
    void jackson3BindsASpecAndPassesOverUnknownFields() {
        assertIsTheSpec(JsonMapper.shared().readValue(SPEC, RustStackSpec.class));
    }

    @Test
    void writingAndReadingGivesTheSameSpec() {
        var json = JsonMapper.shared();
        var spec = json.readValue(SPEC, RustStackSpec.class);

        var written = json.writeValueAsString(spec);

        assertThat(json.readValue(written, RustStackSpec.class)).isEqualTo(spec);
        assertThat(written)
                .as("an empty text is content, no files are no source of code")
                .contains("\"text\":\"\"")
                .doesNotContain("\"files\"");
    }

    @Test
    void anEmptySpecHasEveryDefault() {
        var spec = JsonMapper.shared().readValue("{}", RustStackSpec.class);

        assertThat(spec.region()).isEqualTo("us-east-1");
        assertThat(spec.accountId()).isEqualTo("000000000000");
        assertThat(spec.lambda().executor()).isEqualTo("Pods");
        assertThat(spec.storage().type()).isEqualTo("Ephemeral");
        assertThat(spec.buckets()).isEmpty();
        assertThat(spec.credentials().verification()).isNull();
    }

    @Test
    void base64ContentMayBeBrokenIntoLines() {
        assertThat(new Content(null, "aGVs\n bG8=\n", null, null, null, List.of()).inlineBytes())
                .asString()
                .isEqualTo("hello");
    }

    @Test
    void onlyTheResourceClassNeedsFabric8() throws Exception {
        var withoutFabric8 = Arrays.stream(System.getProperty("java.class.path").split(":"))
                .filter(entry -> !entry.contains("fabric8"))
                .map(RecordsTest::url)
                .toArray(URL[]::new);

        try (var loader = new URLClassLoader(withoutFabric8, ClassLoader.getPlatformClassLoader())) {
            var spec = loader.loadClass(RustStackSpec.class.getName());
            var mapper = loader.loadClass(JsonMapper.class.getName());
            var bound = mapper.getMethod("readValue", String.class, Class.class)
                    .invoke(mapper.getMethod("shared").invoke(null), SPEC, spec);
            assertThat(bound.toString()).contains("123456789012");
        }
    }

    private static URL url(String entry) {
        try {
            return java.nio.file.Path.of(entry).toUri().toURL();
        } catch (java.net.MalformedURLException e) {
            throw new IllegalArgumentException(entry, e);
        }
    }

    private static void assertIsTheSpec(RustStackSpec spec) {
        assertThat(spec.accountId()).isEqualTo("123456789012");
        assertThat(spec.emulator().resources().limits()).isEqualTo(Map.of("cpu", "1", "memory", "512Mi"));
        assertThat(spec.buckets().getFirst().objects().getFirst().content().text())
                .isEmpty();
        var bucket = spec.buckets().getFirst();
        assertThat(bucket.versioning()).isEqualTo(new Versioning("Enabled"));
        assertThat(bucket.objectLock()).isEqualTo(new ObjectLock(null));
        assertThat(bucket.tags()).containsExactly(new BucketTag("a", "b"));
        assertThat(bucket.lifecycle().rules().getFirst().expiration().days()).isOne();
        var table = spec.tables().getFirst();
        assertThat(table.attributeDefinitions().getFirst().scalarType()).isEqualTo("N");
        assertThat(table.items().getFirst()).containsEntry("pk", 1).containsEntry("note", null);
        FunctionSpec web = spec.functions().getFirst();
        assertThat(List.of(
                        web.memorySize(spec.lambda().defaults()),
                        web.timeout(spec.lambda().defaults())))
                .isEqualTo(List.of(128, 10));
    }
}
