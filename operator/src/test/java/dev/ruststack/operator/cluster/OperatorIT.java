package dev.ruststack.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ruststack.operator.OperatorProcess;
import dev.ruststack.operator.desired.Platform;
import dev.ruststack.operator.resource.RawStack;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.ResourceQuotaStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What users see of the operator, against a real API server. */
final class OperatorIT {
    private static final String ADDRESS = "127.0.0.77";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Map<String, String> ENVIRONMENT =
            Map.of("RELATED_IMAGE_EMULATOR", "emulator:test", "RELATED_IMAGE_RUNNER", "runner:test");

    @TempDir
    private static Path directory;

    private static ApiServer server;
    private static KubernetesClient client;
    private static Kubelet kubelet;

    private Emulator emulator;
    private OperatorProcess operator;
    private String namespace;

    @BeforeAll
    static void startCluster() throws Exception {
        server = ApiServer.start(directory);
        client = server.connect();
        kubelet = new Kubelet(client, ADDRESS);
    }

    @AfterAll
    static void stopCluster() {
        kubelet.close();
        client.close();
        server.close();
    }

    @BeforeEach
    void startOperator(TestInfo test) throws IOException {
        namespace = "t-" + Integer.toHexString(test.getDisplayName().hashCode());
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        emulator = new Emulator(ADDRESS);
        start();
    }

    private void start() throws IOException {
        operator = new OperatorProcess(server.connect(), Platform.from(ENVIRONMENT), Clock.systemUTC(), 0);
        operator.start();
    }

    @AfterEach
    void stopOperator() {
        client.resources(RawStack.class).inNamespace(namespace).delete();
        operator.close();
        emulator.close();
    }

    @Test
    void aStackBecomesReady() {
        apply("shop", "{buckets: [{name: uploads}]}");

        awaitReason("shop", "StackReady");
        var status = status("shop");
        assertThat(status.at("/endpoints/internal").asText()).isEqualTo("http://shop." + namespace + ".svc:4566");
        assertThat(status.at("/buckets/ready").asInt()).isEqualTo(1);
        assertThat(client.secrets()
                        .inNamespace(namespace)
                        .withName("shop-binding")
                        .get()
                        .getType())
                .isEqualTo("servicebinding.io/aws");
    }

    @Test
    void nothingIsDoneForAStackThatIsReady() {
        apply("idle", "{buckets: [{name: uploads}]}");
        awaitReason("idle", "StackReady");

        var settled = await().during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(20))
                .until(() -> operator.metrics().reconciles(), new Unchanged()::isSame);

        var before = client.resource(resource("idle")).get().getMetadata().getResourceVersion();
        assertThat(operator.metrics().reconciles()).isEqualTo(settled).isLessThan(15);
        assertThat(client.resource(resource("idle")).get().getMetadata().getResourceVersion())
                .isEqualTo(before);
    }

    private static final class Unchanged {
        private long last = -1;

        boolean isSame(long value) {
            var same = value == last;
            last = value;
            return same;
        }
    }

    @Test
    void aDeletedOrEditedChildIsRestored() {
        apply("mend", "{buckets: [{name: uploads}]}");
        awaitReason("mend", "StackReady");

        client.apps().deployments().inNamespace(namespace).withName("mend").delete();
        client.configMaps().inNamespace(namespace).withName("mend-binding").edit(map -> {
            map.getData().put("AWS_REGION", "elsewhere");
            return map;
        });

        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(client.apps()
                            .deployments()
                            .inNamespace(namespace)
                            .withName("mend")
                            .get())
                    .isNotNull();
            assertThat(client.configMaps()
                            .inNamespace(namespace)
                            .withName("mend-binding")
                            .get()
                            .getData())
                    .containsEntry("AWS_REGION", "us-east-1");
        });
    }

    @Test
    void aMissingReferenceIsNamedAndItsArrivalIsEnough() {
        apply("refs", "{buckets: [{name: bucket, objectsFrom: [{configMapRef: {name: fixtures}}]}]}");

        awaitReason("refs", "InvalidReference");
        assertThat(condition("refs", "Ready").path("message").asText())
                .contains("spec.buckets[0].objectsFrom[0].configMapRef", "ConfigMap fixtures");
        client.resource(new ConfigMapBuilder()
                        .withMetadata(meta("fixtures"))
                        .withData(Map.of("a", "b"))
                        .build())
                .create();

        awaitReason("refs", "StackReady");
    }

    @Test
    void anObjectOfSomeoneElseIsNeverTaken() {
        client.resource(new ConfigMapBuilder()
                        .withMetadata(meta("taken-binding"))
                        .withData(Map.of("mine", "yes"))
                        .build())
                .create();

        apply("taken", "{}");

        awaitReason("taken", "ResourceConflict");
        assertThat(client.configMaps()
                        .inNamespace(namespace)
                        .withName("taken-binding")
                        .get()
                        .getData())
                .containsOnlyKeys("mine");
    }

    @Test
    void whatThePlatformDoesNotHaveStallsOneStackOnly() {
        apply("bad", "{lambda: {executor: Docker}}");
        apply("good", "{}");

        awaitReason("bad", "InvalidSpec");
        assertThat(condition("bad", "Stalled").path("status").asText()).isEqualTo("True");
        assertThat(condition("bad", "Ready").path("message").asText()).contains("spec.lambda.executor");
        awaitReason("good", "StackReady");
    }

    @Test
    void aQuotaIsToldAndItsEndIsEnough() {
        client.resource(new ResourceQuotaBuilder()
                        .withMetadata(meta("none"))
                        .withNewSpec()
                        .withHard(Map.of("services", new Quantity("0")))
                        .endSpec()
                        .build())
                .create();

        // The controller that counts is not here.
        client.resourceQuotas().inNamespace(namespace).withName("none").editStatus(quota -> {
            var nothing = Map.of("services", new Quantity("0"));
            quota.setStatus(new ResourceQuotaStatus(nothing, nothing));
            return quota;
        });

        apply("quota", "{}");

        awaitReason("quota", "ApplyRefused");
        client.resourceQuotas().inNamespace(namespace).withName("none").delete();
        awaitReason("quota", "StackReady");
    }

    @Test
    void runnerPodsAreWhatTheEmulatorWants() {
        apply("fn", "{}");
        awaitReason("fn", "StackReady");

        emulator.want(List.of(Map.of(
                "id",
                "sandbox001",
                "runtime",
                "python3.12",
                "memorySize",
                128,
                "ephemeralStorage",
                512,
                "state",
                "Wanted")));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> client.pods()
                                .inNamespace(namespace)
                                .withName("fn-fn-sandbox001")
                                .get()
                        != null);

        emulator.want(List.of());
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            var pod = client.pods()
                    .inNamespace(namespace)
                    .withName("fn-fn-sandbox001")
                    .get();
            return pod == null || pod.getMetadata().getDeletionTimestamp() != null;
        });
    }

    @Test
    void aPausedStackIsLeftAlone() {
        apply("rest", "{}");
        awaitReason("rest", "StackReady");

        annotate("rest", "ruststack.dev/reconcile", "Paused");
        awaitReason("rest", "Paused");
        client.configMaps().inNamespace(namespace).withName("rest-binding").delete();
        annotate("rest", "ruststack.dev/reconcile", "Enabled");

        awaitReason("rest", "StackReady");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> client.configMaps()
                                .inNamespace(namespace)
                                .withName("rest-binding")
                                .get()
                        != null);
    }

    @Test
    void aReseedIsDoneOnceAndEchoed() {
        apply("again", "{buckets: [{name: uploads}]}");
        awaitReason("again", "StackReady");
        var before = emulator.seeds.size();

        annotate("again", "ruststack.dev/reseed-requested-at", "now");

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(status("again")
                                .at("/seed/observedReseedRequest")
                                .asText())
                        .isEqualTo("now"));
        assertThat(emulator.seeds).hasSize(before + 1);
    }

    @Test
    void anOperatorThatComesLaterTakesOver() throws IOException {
        operator.close();
        apply("later", "{buckets: [{name: uploads}]}");

        start();
        awaitReason("later", "StackReady");
    }

    private void apply(String name, String spec) {
        client.load(new ByteArrayInputStream(
                        "apiVersion: ruststack.dev/v1alpha1\nkind: RustStack\nmetadata: {name: %s, namespace: %s}\nspec: %s\n"
                                .formatted(name, namespace, spec)
                                .getBytes(StandardCharsets.UTF_8)))
                .serverSideApply();
    }

    private HasMetadata resource(String name) {
        return client.resources(RawStack.class)
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    private void annotate(String name, String key, String value) {
        client.resources(RawStack.class).inNamespace(namespace).withName(name).edit(stack -> {
            stack.getMetadata().getAnnotations().put(key, value);
            return stack;
        });
    }

    private JsonNode status(String name) {
        var status = client.resources(RawStack.class)
                .inNamespace(namespace)
                .withName(name)
                .get()
                .getStatus();
        return status == null ? MAPPER.createObjectNode() : status;
    }

    private JsonNode condition(String name, String type) {
        for (var condition : status(name).path("conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition;
            }
        }
        return MAPPER.createObjectNode();
    }

    private void awaitReason(String name, String reason) {
        await().atMost(Duration.ofSeconds(8))
                .untilAsserted(
                        () -> assertThat(condition(name, "Ready").path("reason").asText())
                                .as(() -> status(name).toPrettyString())
                                .isEqualTo(reason));
    }

    private ObjectMeta meta(String name) {
        return new ObjectMetaBuilder().withName(name).withNamespace(namespace).build();
    }
}
