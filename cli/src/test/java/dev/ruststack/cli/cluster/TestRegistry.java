package dev.ruststack.cli.cluster;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real registry (go-containerregistry's) as a process of its own, and what is in it, read without Jib. */
public final class TestRegistry implements AutoCloseable {
    private static final Path PROGRAM = Path.of("target", "registry-under-test").toAbsolutePath();

    private final Process process;
    private final int port;
    private final HttpClient client = HttpClient.newHttpClient();

    private TestRegistry(Process process) throws IOException {
        this.process = process;
        port = Integer.parseInt(process.inputReader(StandardCharsets.UTF_8).readLine());
    }

    /** @param login a user and a password that it asks for; none for everybody's */
    public static TestRegistry start(String... login) throws IOException, InterruptedException {
        build();
        var command = new ArrayList<>(List.of(PROGRAM.toString()));
        command.addAll(Arrays.asList(login));
        return new TestRegistry(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    private static synchronized void build() throws IOException, InterruptedException {
        Process go;
        try {
            go = new ProcessBuilder("go", "build", "-o", PROGRAM.toString(), ".")
                    .directory(Path.of("src", "test", "go", "registry").toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new AssertionError("These tests run a real registry, and need Go 1.24 or newer on the PATH.", e);
        }
        var output = new String(go.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (go.waitFor() != 0) {
            throw new AssertionError("go build: " + output);
        }
    }

    /** Such as {@code localhost:40123}. */
    public String host() {
        return "localhost:" + port;
    }

    /** Puts an image like those of AWS there, for both architectures; returns its name. */
    public String pushBase(String name, Path folder) throws Exception {
        var bootstrap = Files.writeString(folder.resolve("lambda-entrypoint.sh"), "#!/bin/sh\n");
        var image = host() + "/" + name;
        Jib.fromScratch()
                .setPlatforms(Set.of(new Platform("amd64", "linux"), new Platform("arm64", "linux")))
                .setFileEntriesLayers(FileEntriesLayer.builder()
                        .addEntry(bootstrap, AbsoluteUnixPath.get("/lambda-entrypoint.sh"))
                        .build())
                .setEntrypoint("/lambda-entrypoint.sh")
                .addEnvironmentVariable("LAMBDA_TASK_ROOT", "/var/task")
                .setWorkingDirectory(AbsoluteUnixPath.get("/var/task"))
                .containerize(Containerizer.to(RegistryImage.named(image))
                        .setAllowInsecureRegistries(true)
                        .setBaseImageLayersCache(folder.resolve("base-cache"))
                        .setApplicationLayersCache(folder.resolve("base-cache")));
        return image;
    }

    /** An image of this registry, by tag or digest. */
    public Image image(String reference) throws IOException, InterruptedException {
        var path = reference.substring(reference.indexOf('/') + 1);
        int separator = path.contains("@") ? path.indexOf('@') : path.indexOf(':');
        var name = path.substring(0, separator);
        var manifest = JsonMapper.shared().readTree(get(name + "/manifests/" + path.substring(separator + 1)));
        var config = JsonMapper.shared()
                .readTree(get(name + "/blobs/"
                        + manifest.path("config").path("digest").asString()));
        var layers = new ArrayList<Layer>();
        for (var layer : manifest.path("layers")) {
            var digest = layer.path("digest").asString();
            layers.add(new Layer(digest, Layer.read(get(name + "/blobs/" + digest))));
        }
        return new Image(manifest, config, layers);
    }

    private byte[] get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://" + host() + "/v2/" + path))
                .header(
                        "Accept",
                        "application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.manifest.v1+json")
                .build();
        var response = client.send(request, BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new AssertionError(path + ": " + response.statusCode());
        }
        return response.body();
    }

    public record Image(JsonNode manifest, JsonNode config, List<Layer> layers) {
        public List<String> command() {
            return texts(config.path("config").path("Cmd"));
        }

        public List<String> entryPoint() {
            return texts(config.path("config").path("Entrypoint"));
        }

        /** Names of files with their modes, of all layers. */
        public List<String> files() {
            return layers.stream().flatMap(layer -> layer.files().stream()).toList();
        }

        private static List<String> texts(JsonNode list) {
            return list.valueStream().map(JsonNode::asString).toList();
        }
    }

    /** @param files such as {@code 755 /var/task/bootstrap}, sorted by name */
    public record Layer(String digest, List<String> files) {
        static List<String> read(byte[] gzip) throws IOException {
            try (var in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
                return readTar(in);
            }
        }

        static List<String> readTar(InputStream in) throws IOException {
            var files = new TreeMap<String, String>();
            var tar = new TarArchiveInputStream(in);
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isFile()) {
                    var name = "/" + entry.getName();
                    files.put(name, Integer.toOctalString(entry.getMode() & 0777) + " " + name);
                }
            }
            return List.copyOf(files.values());
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
        client.close();
    }
}
