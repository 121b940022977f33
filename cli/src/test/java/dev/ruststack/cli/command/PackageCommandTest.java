package dev.ruststack.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.crds.yaml.ReadResult;
import dev.ruststack.crds.yaml.RustStackYaml;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

class PackageCommandTest {
    private static final String STACK = """
            apiVersion: ruststack.dev/v1alpha1
            kind: RustStack
            metadata:
              name: shop
            spec:
              lambda:
                executor: Process
              buckets:
              - name: uploads
                objects:
                - key: logo.png
                  contentType: image/png
                  content: {path: logo.png}
                objectsFrom:
                - {path: documents, keyPrefix: docs/, cacheControl: no-store, tags: [{key: a, value: b}]}
                - {path: site.zip, metadata: {from: zip}}
              tables:
              - name: orders
                attributeDefinitions:
                - {attributeName: pk, attributeType: N}
                keySchema:
                - {attributeName: pk, keyType: HASH}
                itemsFrom:
                - {path: orders.jsonl}
                items:
                - {pk: 1, answer: "no", total: 19.9900}
              layers:
              - {name: tools, code: {path: layer}}
              functions:
              - name: hello
                runtime: provided.al2023
                handler: bootstrap
                code: {path: hello}
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
        Files.createDirectories(folder.resolve("documents/deep"));
        Files.writeString(folder.resolve("documents/deep/a b.txt"), "hello");
        try (var zip = new ZipOutputStream(Files.newOutputStream(folder.resolve("site.zip")))) {
            zip.putNextEntry(new ZipEntry("index.html"));
        }
        Files.createDirectories(folder.resolve("layer/bin"));
        Files.writeString(folder.resolve("layer/bin/tool"), "#!/bin/sh\n");
        Files.createDirectories(folder.resolve("hello"));
        Files.writeString(folder.resolve("hello/bootstrap"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(folder.resolve("hello/bootstrap"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void everyLocalFileBecomesPiecesThatHoldItsBytes() throws IOException {
        var manifest = packaged();

        var bucket = map(list(spec(manifest), "buckets").getFirst());
        var content = map(map(list(bucket, "objects").getFirst()).get("content"));
        assertThat(joined(manifest, content)).asString(StandardCharsets.UTF_8).isEqualTo("a picture");
        var items = map(list(map(list(spec(manifest), "tables").getFirst()), "itemsFrom")
                .getFirst());
        assertThat(joined(manifest, items)).asString(StandardCharsets.UTF_8).isEqualTo("{\"pk\": 2}\n");
        var documents = map(list(bucket, "objectsFrom").getFirst());
        assertThat(documents)
                .containsEntry("keyPrefix", "docs/")
                .containsEntry("cacheControl", "no-store")
                .containsKey("tags")
                .doesNotContainKey("path");
        assertThat(names(joined(manifest, documents))).containsExactly("deep/a b.txt");
        var site = map(list(bucket, "objectsFrom").getLast());
        assertThat(site).containsKey("metadata").doesNotContainKey("path");
        assertThat(names(joined(manifest, site))).containsExactly("index.html");
        var code = map(map(list(spec(manifest), "functions").getFirst()).get("code"));
        assertThat(names(joined(manifest, code))).containsExactly("bootstrap");
    }

    @Test
    void theResourceStaysValidAndNothingOfThisMachineIsLeftInIt() throws IOException {
        var text = commands.run("package", file.toString()).out();

        var resource = text.substring(text.lastIndexOf("---\n"));
        assertThat(resource).doesNotContain("path:");
        var read = RustStackYaml.read(new ByteArrayInputStream(resource.getBytes(StandardCharsets.UTF_8)), "manifest");
        assertThat(read).isInstanceOf(ReadResult.Valid.class);
    }

    @Test
    void functionsOfThisMachineRunInPodsThere() throws IOException {
        var ended = commands.run("package", file.toString());

        assertThat(map(spec(documents(ended.out())).get("lambda"))).containsEntry("executor", "Pods");
        assertThat(ended.err()).contains("spec.lambda.executor: Process becomes Pods");
    }

    @Test
    void textThatKubectlWouldNotReadAsTextIsQuotedAndNumbersKeepTheirDigits() {
        var text = commands.run("package", file.toString()).out();

        assertThat(text)
                .contains("attributeType: \"N\"")
                .contains("answer: \"no\"")
                .contains("total: 19.9900");
    }

    @Test
    void aFileLargerThanOneConfigMapIsCut() throws IOException {
        var bytes = new byte[400_000];
        new Random(1).nextBytes(bytes);
        Files.write(folder.resolve("logo.png"), bytes);

        var manifest = packaged();

        var object = map(list(map(list(spec(manifest), "buckets").getFirst()), "objects")
                .getFirst());
        assertThat(list(map(object.get("content")), "parts")).hasSize(3);
        assertThat(joined(manifest, map(object.get("content")))).isEqualTo(bytes);
    }

    @Test
    void aFileThatConfigMapsDoNotTakeIsRefusedUnreadByTheNameOfItsField() throws IOException {
        sparse(folder.resolve("logo.png"), 3L << 30);

        var ended = commands.run("package", file.toString());

        assertThat(ended.exitCode()).isNotZero();
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .contains("spec.buckets[0].objects[0].content.path", "3221225472 bytes", "64000000 bytes");
    }

    @Test
    void aFolderIsRefusedWhereItsZipFileIsTooLarge() throws IOException {
        var random = new Random(2);
        try (var out = Files.newOutputStream(folder.resolve("documents/large"))) {
            var bytes = new byte[1_000_000];
            for (int i = 0; i < 65; i++) {
                random.nextBytes(bytes);
                out.write(bytes);
            }
        }

        var ended = commands.run("package", file.toString());

        assertThat(ended.exitCode()).isNotZero();
        assertThat(ended.err()).contains("spec.buckets[0].objectsFrom[0].path", "64000000 bytes");
    }

    private static void sparse(Path file, long size) throws IOException {
        try (var channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(ByteBuffer.wrap(new byte[1]), size - 1);
        }
    }

    @Test
    void theSameFilesGiveTheSameManifestAndOthersOtherNames() throws IOException {
        var first = commands.run("package", file.toString()).out();

        assertThat(commands.run("package", file.toString()).out()).isEqualTo(first);
        Files.writeString(folder.resolve("logo.png"), "another picture");
        assertThat(commands.run("package", file.toString()).out()).isNotEqualTo(first);
    }

    @Test
    void aNamespaceGoesToEveryObject() throws IOException {
        var ended = commands.run("package", "-n", "preview-42", file.toString());

        assertThat(documents(ended.out()))
                .allSatisfy(
                        document -> assertThat(map(document.get("metadata"))).containsEntry("namespace", "preview-42"));
    }

    @Test
    void theManifestCanGoToAFile() throws IOException {
        var to = folder.resolve("manifest.yaml");

        var ended = commands.run("package", "--to", to.toString(), file.toString());

        assertThat(ended.out()).isEmpty();
        assertThat(documents(Files.readString(to))).isNotEmpty();
        assertThat(ended.err()).contains("shop: 6 ConfigMaps");
    }

    @Test
    void aLayerIsPackedAsItIs() throws IOException {
        var manifest = packaged();

        var layer = map(list(spec(manifest), "layers").getFirst());
        var packed = new ZipInputStream(new ByteArrayInputStream(joined(manifest, map(layer.get("code")))));
        assertThat(Stream.generate(() -> next(packed)).takeWhile(entry -> !entry.isEmpty()))
                .contains("bin/tool");
    }

    private static String next(ZipInputStream zip) {
        try {
            var entry = zip.getNextEntry();
            return entry == null ? "" : entry.getName();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatOnlyAClusterHasIsTakenOver() throws IOException {
        Files.writeString(
                file,
                STACK.replace("    content: {path: logo.png}", "    content: {secretKeyRef: {name: logo, key: png}}"));

        var manifest = packaged();

        var object = map(list(map(list(spec(manifest), "buckets").getFirst()), "objects")
                .getFirst());
        assertThat(map(object.get("content"))).containsKey("secretKeyRef");
    }

    @Test
    void mistakesAreShownAsByValidate() throws IOException {
        Files.delete(folder.resolve("logo.png"));

        var ended = commands.run("package", file.toString());

        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("spec.buckets[0].objects[0].content.path: no such file");
    }

    @Test
    void applyWithoutKubectlSaysSo() {
        var ended = commands.run("package", "--apply", file.toString());

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).contains("kubectl is not on the PATH");
    }

    private List<Map<String, Object>> packaged() throws IOException {
        var ended = commands.run("package", file.toString());
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        return documents(ended.out());
    }

    private static List<Map<String, Object>> documents(String text) {
        var settings = LoadSettings.builder().setSchema(new CoreSchema()).build();
        var documents = new ArrayList<Map<String, Object>>();
        new Load(settings).loadAllFromString(text).forEach(each -> documents.add(map(each)));
        return documents;
    }

    private static Map<String, Object> spec(List<Map<String, Object>> manifest) {
        return map(manifest.getLast().get("spec"));
    }

    /** The bytes of the pieces that {@code parts} names. */
    private static byte[] joined(List<Map<String, Object>> manifest, Map<String, Object> holder) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var maps = new LinkedHashMap<Object, Map<String, Object>>();
        manifest.stream()
                .filter(each -> "ConfigMap".equals(each.get("kind")))
                .forEach(each -> maps.put(map(each.get("metadata")).get("name"), map(each.get("binaryData"))));
        for (var part : list(holder, "parts")) {
            var reference = map(map(part).get("configMapKeyRef"));
            var data = maps.get(reference.get("name"));
            assertThat(data).isNotNull();
            bytes.write(Base64.getDecoder().decode(String.valueOf(data.get(reference.get("key")))));
        }
        return bytes.toByteArray();
    }

    private static List<String> names(byte[] zip) throws IOException {
        var names = new ArrayList<String>();
        try (var stream = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (var entry = stream.getNextEntry(); entry != null; entry = stream.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Map<String, Object> holder, String key) {
        return (List<Object>) holder.get(key);
    }
}
