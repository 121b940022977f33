package dev.ruststack.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stacks whose seeds together are much larger than the operator's heap. */
final class SeedMemoryIT {
    private static final String NAMESPACE = "large";
    private static final int STACKS = 3;
    private static final int PARTS = 22;
    private static final int PART = 830_000;

    @TempDir
    private Path directory;

    private ApiServer server;
    private KubernetesClient client;
    private Kubelet kubelet;
    private Emulators emulators;
    private ForkedOperator operator;
    private Stacks stacks;

    @BeforeEach
    void start() throws Exception {
        server = ApiServer.start(directory);
        client = server.connect();
        server.namespace(NAMESPACE);
        stacks = new Stacks(client, NAMESPACE);
        emulators = new Emulators(client, 78);
        kubelet = new Kubelet(client, emulators::start);
        for (int part = 0; part < PARTS; part++) {
            content(part, part);
        }
        operator = new ForkedOperator(server.config(), "96m");
    }

    @AfterEach
    void stop() {
        operator.close();
        kubelet.close();
        emulators.close();
        client.close();
        server.close();
    }

    @Test
    void seedsOfEighteenMegabytesNeedNoHeapOfThatSize() throws IOException {
        stacks.apply("large-0", spec(PARTS));
        ready("large-0");
        var before = operator.heap();

        for (int stack = 1; stack <= STACKS; stack++) {
            stacks.apply("large-" + stack, spec(PARTS));
        }
        for (int stack = 1; stack <= STACKS; stack++) {
            ready("large-" + stack);
        }
        var perStack = (operator.heap() - before) / STACKS;
        System.out.printf(
                "seed of %,d bytes in %d ConfigMaps, -Xmx96m: heap %,d bytes with one stack, %,d more with each%n",
                (long) PART * PARTS, PARTS, before, perStack);
        assertThat(perStack).isLessThan((long) PART * PARTS / 2);
        assertThat(hasPiece("large-0", 19)).isTrue();

        var revision = revision("large-0");
        content(3, 1000);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(revision("large-0")).isNotEqualTo(revision));

        stacks.apply("large-0", spec(2));
        await().atMost(Duration.ofSeconds(60)).until(() -> !hasPiece("large-0", 2) && hasPiece("large-0", 1));
        assertThat(hasPiece("large-0", 19)).isFalse();
        ready("large-0");
    }

    private void ready(String stack) {
        stacks.awaitReason(stack, "StackReady", Duration.ofSeconds(120));
    }

    private String revision(String stack) {
        return stacks.status(stack).at("/seed/revision").asText();
    }

    private boolean hasPiece(String stack, int piece) {
        return client.secrets()
                        .inNamespace(NAMESPACE)
                        .withName(stack + "-seed-" + piece)
                        .get()
                != null;
    }

    private static String spec(int parts) {
        return IntStream.range(0, parts)
                .mapToObj("{configMapKeyRef: {name: part-%d, key: bytes}}"::formatted)
                .collect(Collectors.joining(
                        ", ", "{buckets: [{name: uploads, objects: [{key: a, content: {parts: [", "]}}]}]}"));
    }

    private void content(int part, int seed) {
        var bytes = new byte[PART];
        new Random(seed).nextBytes(bytes);
        client.resource(new ConfigMapBuilder()
                        .withMetadata(stacks.meta("part-" + part))
                        .editMetadata()
                        .addToLabels("ruststack.dev/reload", "true")
                        .endMetadata()
                        .withBinaryData(Map.of("bytes", Base64.getEncoder().encodeToString(bytes)))
                        .build())
                .serverSideApply();
    }
}
