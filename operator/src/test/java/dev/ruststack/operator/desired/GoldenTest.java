package dev.ruststack.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every object of every example, compared whole; -Dregenerate=true writes the files anew. */
class GoldenTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden");

    static List<String> names() {
        return Examples.NAMES;
    }

    @ParameterizedTest
    @MethodSource("names")
    void theObjectsOfAStackAreThoseOfItsFile(String name) throws IOException {
        var file = FOLDER.resolve(name + ".yaml");
        var actual = Examples.objects(name).stream().map(GoldenTest::yaml).collect(Collectors.joining());

        if (Boolean.getBoolean("regenerate")) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(file));
    }

    private static String yaml(HasMetadata object) {
        var yaml = Serialization.asYaml(object instanceof Secret secret ? readable(secret) : object);
        return yaml.startsWith("---") ? yaml : "---\n" + yaml;
    }

    /** Secrets as text; a bundle as its document, since how a JDK compresses is not ours to keep. */
    private static Secret readable(Secret secret) {
        var text = new TreeMap<String, String>();
        var isSeed = secret.getData().keySet().stream().anyMatch(key -> key.startsWith("bundle."));
        secret.getData().forEach((key, value) -> {
            var bytes = Base64.getDecoder().decode(value);
            text.put(key, key.startsWith("bundle.") ? unzip(bytes) : new String(bytes, StandardCharsets.UTF_8));
        });
        text.computeIfPresent(
                "seed.json", (key, json) -> json.replaceAll("\"sha256\":\"\\w+\"", "\"sha256\":\"(varies)\""));
        var annotations = new TreeMap<>(secret.getMetadata().getAnnotations());
        if (isSeed) {
            annotations.put(Names.HASH_ANNOTATION, "(varies)");
        }
        return secret.edit()
                .editMetadata()
                .withAnnotations(annotations)
                .endMetadata()
                .withData(null)
                .withStringData(text)
                .build();
    }

    private static String unzip(byte[] gzip) {
        try (var stream = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
