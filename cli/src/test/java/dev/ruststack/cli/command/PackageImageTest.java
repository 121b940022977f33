package dev.ruststack.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.cli.cluster.TestRegistry;
import dev.ruststack.crds.function.FunctionSpec;
import dev.ruststack.crds.yaml.ReadResult;
import dev.ruststack.crds.yaml.RustStackYaml;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class PackageImageTest {
    private static final String STACK = """
            apiVersion: ruststack.dev/v1alpha1
            kind: RustStack
            metadata:
              name: shop
            spec:
              functions:
              - name: Hello_World
                runtime: provided.al2023
                handler: hello.handler
                memorySize: 256
                architectures: [x86_64]
                code: {path: hello}
            """;

    private static TestRegistry registry;
    private static String base;

    @TempDir
    private Path folder;

    private Map<String, String> environment;
    private Path file;

    @BeforeAll
    static void startRegistry(@TempDir Path scratch) throws Exception {
        registry = TestRegistry.start();
        base = registry.pushBase("lambda/provided:al2023", scratch);
    }

    @AfterAll
    static void stopRegistry() {
        registry.close();
    }

    @BeforeEach
    void writeStack() throws IOException {
        environment = new HashMap<>(Map.of(
                "XDG_RUNTIME_DIR",
                folder.resolve("run").toString(),
                "HOME",
                folder.toString(),
                "RUSTSTACK_CACHE",
                folder.resolve("cache").toString()));
        file = Files.writeString(folder.resolve("stack.yaml"), STACK);
        Files.createDirectories(folder.resolve("hello/lib"));
        Files.writeString(folder.resolve("hello/bootstrap"), "#!/bin/sh\n");
        Files.writeString(folder.resolve("hello/lib/private.txt"), "read me");
        permissions("hello/bootstrap", "rwx------");
        permissions("hello/lib/private.txt", "rw-------");
        Files.createSymbolicLink(folder.resolve("hello/alias"), Path.of("lib"));
    }

    @Test
    void aFunctionBecomesAnImageOfItsRuntimeThatTheManifestNamesByDigest() throws Exception {
        var function = function(pushed());

        assertThat(function.code().imageUri()).startsWith(registry.host() + "/acme/shop-hello-world@sha256:");
        assertThat(function.runtime()).isNull();
        assertThat(function.handler()).isNull();
        assertThat(function.imageConfig().command()).containsExactly("hello.handler");
        assertThat(function.memorySize()).isEqualTo(256);
        var image = registry.image(function.code().imageUri());
        assertThat(image.entryPoint()).containsExactly("/lambda-entrypoint.sh");
        assertThat(image.command()).containsExactly("hello.handler");
        assertThat(image.config().path("config").path("WorkingDir").asString()).isEqualTo("/var/task");
        assertThat(image.config().path("architecture").asString()).isEqualTo("amd64");
    }

    @Test
    void everybodyMayReadTheCodeAndLinksAreWhatTheyPointTo() throws Exception {
        var image = registry.image(function(pushed()).code().imageUri());

        assertThat(image.files())
                .contains(
                        "755 /var/task/bootstrap",
                        "644 /var/task/lib/private.txt",
                        "644 /var/task/alias/private.txt",
                        "755 /var/runtime/bootstrap");
    }

    @Test
    void theSameCodeGivesTheSameImageOnAnyMachine() throws Exception {
        var first = function(pushed()).code().imageUri();
        var other = folder.resolve("other");
        environment.put("RUSTSTACK_CACHE", other.toString());
        Files.setLastModifiedTime(folder.resolve("hello/bootstrap"), FileTime.fromMillis(86_400_000));

        assertThat(function(pushed()).code().imageUri()).isEqualTo(first);
        Files.writeString(folder.resolve("hello/lib/private.txt"), "changed");
        assertThat(function(pushed()).code().imageUri()).isNotEqualTo(first);
    }

    @Test
    void theArchitectureOfTheFunctionIsThatOfTheImage() throws Exception {
        Files.writeString(file, STACK.replace("x86_64", "arm64"));

        var image = registry.image(function(pushed()).code().imageUri());

        assertThat(image.config().path("architecture").asString()).isEqualTo("arm64");
    }

    @Test
    void anImageForArmRunsOnSuchNodesOnly() throws Exception {
        Files.writeString(file, STACK.replace("    architectures: [x86_64]\n", ""));

        assertThat(function(pushed("--platform", "linux/arm64")).architectures())
                .containsExactly("arm64");
    }

    @Test
    void theStacksOwnImageOfTheRuntimeIsBuiltOn() throws Exception {
        Files.writeString(
                file,
                STACK.replace(
                        "spec:\n",
                        "spec:\n  lambda: {images: [{runtime: provided.al2023, image: \"" + base + "\"}]}\n"));

        var ended = run("--registry", registry.host() + "/acme", file.toString());

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(registry.image(function(ended.out()).code().imageUri()).files())
                .contains("644 /lambda-entrypoint.sh");
    }

    @Test
    void imagesCanBeWrittenAsFilesThatDockerLoads() throws Exception {
        var tars = folder.resolve("images");

        var ended = run("--image-tar", tars.toString(), "--base", "provided.al2023=" + base, file.toString());

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        var uri = function(ended.out()).code().imageUri();
        assertThat(uri).startsWith("localhost/shop-hello-world:");
        assertThat(tag(tars.resolve("shop-Hello_World.tar"))).isEqualTo(uri);
    }

    @Test
    void anImageFromAFileIsABaseToo() throws Exception {
        var tars = folder.resolve("images");
        run("--image-tar", tars.toString(), "--base", "provided.al2023=" + base, file.toString());
        var tar = "tar://" + tars.resolve("shop-Hello_World.tar");

        var ended = run("--registry", registry.host() + "/other", "--base", "provided.al2023=" + tar, file.toString());

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(registry.image(function(ended.out()).code().imageUri()).files())
                .contains("644 /lambda-entrypoint.sh");
    }

    @Test
    void credentialsAreThoseThatDockerLoginLeft() throws Exception {
        System.setProperty("sendCredentialsOverHttp", "true");
        try (var closed = TestRegistry.start("alice", "secret")) {
            var arguments = new String[] {
                "--registry", closed.host() + "/acme", "--base", "provided.al2023=" + base, file.toString()
            };

            var refused = run(arguments);
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.err())
                    .contains("function Hello_World: its image cannot be made")
                    .contains("docker login " + closed.host());

            var login = Base64.getEncoder().encodeToString("alice:secret".getBytes(StandardCharsets.UTF_8));
            Files.createDirectories(folder.resolve(".docker"));
            Files.writeString(
                    folder.resolve(".docker/config.json"),
                    "{\"auths\": {\"" + closed.host() + "\": {\"auth\": \"" + login + "\"}}}");
            var ended = run(arguments);
            assertThat(ended.exitCode()).as(ended.err()).isZero();
        } finally {
            System.clearProperty("sendCredentialsOverHttp");
        }
    }

    @Test
    void whatCannotBeReachedIsNamed() {
        var ended = run(
                "--registry",
                registry.host() + "/acme",
                "--base",
                "provided.al2023=" + registry.host() + "/lambda/none:1",
                file.toString());

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("function Hello_World: its image cannot be made", "lambda/none");
    }

    @Test
    void nothingIsLeftOfABuildButTheBaseImage() throws Exception {
        pushed();

        try (var left = Files.list(folder.resolve("cache/tmp"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aRegistryNeedsAHost() {
        var ended = run("--registry", "acme/shop", file.toString());

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).contains("--registry acme/shop does not begin with the host of a registry");
    }

    @Test
    void optionsOfImagesNeedImages() {
        var ended = run("--platform", "linux/arm64", file.toString());

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).contains("--registry or --image-tar");
    }

    private String pushed(String... further) {
        var arguments =
                new ArrayList<>(List.of("--registry", registry.host() + "/acme", "--base", "provided.al2023=" + base));
        arguments.addAll(List.of(further));
        arguments.add(file.toString());
        var ended = run(arguments.toArray(String[]::new));
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        return ended.out();
    }

    private Commands.Ended run(String... arguments) {
        var line = new ArrayList<>(List.of("package"));
        line.addAll(List.of(arguments));
        return new Commands(environment).run(line.toArray(String[]::new));
    }

    /** The one function of a manifest, as the operator reads it. */
    private static FunctionSpec function(String manifest) throws IOException {
        var read = RustStackYaml.read(new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)), "manifest");
        assertThat(read).isInstanceOf(ReadResult.Valid.class);
        return ((ReadResult.Valid) read)
                .documents()
                .getFirst()
                .spec()
                .functions()
                .getFirst();
    }

    private static String tag(Path archive) throws IOException {
        try (var tar = new TarArchiveInputStream(Files.newInputStream(archive))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.getName().equals("manifest.json")) {
                    var bytes = new ByteArrayOutputStream();
                    tar.transferTo(bytes);
                    return JsonMapper.shared()
                            .readTree(bytes.toByteArray())
                            .path(0)
                            .path("RepoTags")
                            .path(0)
                            .asString();
                }
            }
        }
        return "";
    }

    private void permissions(String name, String permissions) throws IOException {
        Files.setPosixFilePermissions(folder.resolve(name), PosixFilePermissions.fromString(permissions));
    }
}
