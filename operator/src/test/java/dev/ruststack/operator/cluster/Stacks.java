package dev.ruststack.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ruststack.operator.resource.RawStack;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The stacks of one namespace, as a user sees them. */
record Stacks(KubernetesClient client, String namespace) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    void apply(String name, String spec) {
        client.load(new ByteArrayInputStream(
                        "apiVersion: ruststack.dev/v1alpha1\nkind: RustStack\nmetadata: {name: %s, namespace: %s}\nspec: %s\n"
                                .formatted(name, namespace, spec)
                                .getBytes(StandardCharsets.UTF_8)))
                .serverSideApply();
    }

    RawStack get(String name) {
        return client.resources(RawStack.class)
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    void annotate(String name, String key, String value) {
        client.resources(RawStack.class).inNamespace(namespace).withName(name).edit(stack -> {
            stack.getMetadata().getAnnotations().put(key, value);
            return stack;
        });
    }

    JsonNode status(String name) {
        var stack = get(name);
        return stack == null || stack.getStatus() == null ? MAPPER.createObjectNode() : stack.getStatus();
    }

    JsonNode condition(String name, String type) {
        for (var condition : status(name).path("conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition;
            }
        }
        return MAPPER.createObjectNode();
    }

    void awaitReady(String name) {
        awaitReason(name, "StackReady", Duration.ofSeconds(60));
    }

    void awaitReason(String name, String reason) {
        awaitReason(name, reason, Duration.ofSeconds(60));
    }

    /** Waits until the condition Ready has that reason, for the resource as it is now. */
    void awaitReason(String name, String reason, Duration atMost) {
        await().atMost(atMost).ignoreExceptions().untilAsserted(() -> {
            var ready = condition(name, "Ready");
            assertThat(ready.path("reason").asText())
                    .as(() -> status(name).toPrettyString())
                    .isEqualTo(reason);
            assertThat(ready.path("observedGeneration").asLong())
                    .isEqualTo(get(name).getMetadata().getGeneration());
        });
    }

    ObjectMeta meta(String name) {
        return new ObjectMetaBuilder().withName(name).withNamespace(namespace).build();
    }
}
