package dev.ruststack.operator.desired;

import dev.ruststack.crds.RustStack;
import dev.ruststack.operator.seed.Contents;
import dev.ruststack.operator.seed.Reference;
import dev.ruststack.operator.seed.SeedFile;
import dev.ruststack.operator.seed.SeedWriter;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The stacks of src/test/resources/desired, and what surrounds them. */
final class Examples {
    static final List<String> NAMES =
            List.of("minimal", "everything", "persistent", "dynamodb-disabled", "openshift", "strict", "exposed");

    static final AwsKeys KEYS = new AwsKeys("LSIAEXAMPLEEXAMPLE22", "secretsecretsecretsecretsecretsecretsecr");

    static final InternalTokens TOKENS = new InternalTokens("0".repeat(64), "1".repeat(64));

    static final Map<String, String> ENVIRONMENT = Map.of(
            "RELATED_IMAGE_EMULATOR", "ghcr.io/ruststack/emulator:test",
            "RELATED_IMAGE_RUNNER", "ghcr.io/ruststack/runner:test",
            "POD_NAMESPACE", "ruststack-system",
            "GATEWAY_API_ENABLED", "true");

    private static final Map<Reference.Target, Map<String, byte[]>> CONTENT = Map.of(
            target(Reference.Kind.SECRET, "files"), data("logo", "unused"),
            target(Reference.Kind.CONFIG_MAP, "fixtures"), data("a.txt", "b.txt"),
            target(Reference.Kind.CONFIG_MAP, "orders"), data("items.jsonl", "unused"),
            target(Reference.Kind.SECRET, "code"), data("0", "1"),
            target(Reference.Kind.SECRET, "app"), data("PASSWORD", "USER"));

    private Examples() {}

    static Platform platform(String name) {
        var environment = new TreeMap<>(ENVIRONMENT);
        if (name.equals("openshift")) {
            environment.put("OPENSHIFT", "true");
        }
        return Platform.from(environment);
    }

    static Stack stack(String name) {
        return Stack.of(Serialization.unmarshal(resource("/desired/" + name + ".yaml"), RustStack.class));
    }

    static Facts facts(Stack stack) {
        try (var seed = seed(stack)) {
            return new Facts("10.96.0.7", "10.96.0.8", "10.244.0.9", KEYS, TOKENS, seed.bundle(), null);
        }
    }

    private static SeedFile seed(Stack stack) {
        return ((SeedWriter.Whole) SeedWriter.write(stack.name(), stack.spec(), Contents.of(CONTENT))).file();
    }

    static Sandbox sandbox() {
        return new Sandbox("k3v9x2m7qa", "python3.12", null, "x86_64", 256, 512, "web");
    }

    static Pod runner(Stack stack, Platform platform, Sandbox sandbox) {
        return ((RunnerPod.Made) RunnerPod.of(stack, platform, sandbox, facts(stack))).pod();
    }

    /** Everything that the stack has in the cluster, one runner included. */
    static List<HasMetadata> objects(String name) {
        var stack = stack(name);
        var platform = platform(name);
        var objects = new ArrayList<HasMetadata>(Desired.services(stack, platform));
        try (var seed = seed(stack)) {
            objects.add(SeedSecrets.of(stack, seed.bundle(), 0, seed.piece(0)));
        }
        objects.addAll(Desired.children(stack, platform, facts(stack)));
        objects.add(runner(stack, platform, sandbox()));
        return objects;
    }

    static InputStream resource(String path) {
        return Objects.requireNonNull(Examples.class.getResourceAsStream(path), path);
    }

    static String text(String path) {
        try (var stream = resource(path)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Reference.Target target(Reference.Kind kind, String name) {
        return new Reference.Target(kind, name);
    }

    private static Map<String, byte[]> data(String... keys) {
        var data = new TreeMap<String, byte[]>();
        for (var key : keys) {
            data.put(key, ("content of " + key).getBytes(StandardCharsets.UTF_8));
        }
        return data;
    }
}
