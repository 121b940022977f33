package dev.ruststack.e2e.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.awaitility.core.ThrowingRunnable;

/** A RustStack of the cluster. */
public record Stack(String namespace, String name) {
    private static final ResourceDefinitionContext KIND = new ResourceDefinitionContext.Builder()
            .withGroup("ruststack.dev")
            .withVersion("v1alpha1")
            .withKind("RustStack")
            .withPlural("ruststacks")
            .withNamespaced(true)
            .build();

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Applies one with kubectl; the spec is YAML, flow style or indented by two. */
    public static Stack apply(String namespace, String name, String spec) {
        var stack = new Stack(namespace, name);
        stack.change(spec);
        return stack;
    }

    /** Applies another spec. */
    public void change(String spec) {
        var body = spec.startsWith("{") ? " " + spec : "\n" + spec.indent(2);
        Cluster.kubectlWith(
                        "apiVersion: ruststack.dev/v1alpha1\nkind: RustStack\nmetadata: {name: %s, namespace: %s}\nspec:%s\n"
                                .formatted(name, namespace, body),
                        "apply",
                        "-f",
                        "-")
                .succeeded();
    }

    public Resource<GenericKubernetesResource> resource() {
        return Cluster.client()
                .genericKubernetesResources(KIND)
                .inNamespace(namespace)
                .withName(name);
    }

    /** All of the object; missing when it is gone. */
    public JsonNode object() {
        var resource = resource().get();
        return resource == null ? MissingNode.getInstance() : MAPPER.valueToTree(resource);
    }

    public JsonNode status() {
        return object().path("status");
    }

    /** The condition of a type, missing where there is none. */
    public JsonNode condition(String type) {
        for (var condition : status().path("conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition;
            }
        }
        return MissingNode.getInstance();
    }

    /** Waits until it is Ready as it is now. */
    public Stack awaitReady() {
        return awaitReason("StackReady");
    }

    /** Waits until the condition Ready of this generation has a reason. */
    public Stack awaitReason(String reason) {
        eventually(() -> requireReason(reason));
        return this;
    }

    /** Fails where it is not Ready as it is now. */
    public void requireReady() {
        requireReason("StackReady");
    }

    private void requireReason(String reason) {
        var object = object();
        var ready = condition("Ready");
        assertThat(ready.path("reason").asText()).describedAs("%s", ready).isEqualTo(reason);
        assertThat(ready.path("observedGeneration").asLong())
                .isEqualTo(object.at("/metadata/generation").asLong());
    }

    /** Waits until what is asserted holds; the assertion itself must not wait, or its failure would not be told. */
    public static void eventually(ThrowingRunnable assertion) {
        await().atMost(Cluster.SOON)
                .pollInterval(Duration.ofMillis(250))
                .ignoreExceptions()
                .untilAsserted(assertion);
    }

    public void annotate(String key, String value) {
        Cluster.kubectl("annotate", "ruststack", name, "-n", namespace, "--overwrite", key + "=" + value)
                .succeeded();
    }

    /** Its pods of a component ({@code emulator}, {@code runner}) that are not ending. */
    public List<Pod> pods(String component) {
        return Cluster.client()
                .pods()
                .inNamespace(namespace)
                .withLabel("ruststack.dev/stack", name)
                .withLabel("app.kubernetes.io/component", component)
                .list()
                .getItems()
                .stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    public Pod emulatorPod() {
        var pods = pods("emulator");
        assertThat(pods).hasSize(1);
        return pods.getFirst();
    }

    /** A value of a Secret of its namespace, as text. */
    public String secret(String secret, String key) {
        var data = Cluster.client()
                .secrets()
                .inNamespace(namespace)
                .withName(secret)
                .require()
                .getData();
        return new String(Base64.getDecoder().decode(data.get(key)), StandardCharsets.UTF_8);
    }

    /** Clients of this machine, through the API server. */
    public Outside outside() {
        return new Outside(this);
    }
}
