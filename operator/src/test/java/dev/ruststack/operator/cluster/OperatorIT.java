package dev.ruststack.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ruststack.operator.OperatorProcess;
import dev.ruststack.operator.desired.Platform;
import dev.ruststack.operator.resource.RawStack;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.ResourceQuotaStatus;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
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
    private Stacks stacks;

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
        server.namespace(namespace);
        stacks = new Stacks(client, namespace);
        emulator = new Emulator(ADDRESS);
        start();
    }

    private void start() throws IOException {
        operator = new OperatorProcess(server.connect(), Platform.from(ENVIRONMENT), Clock.systemUTC(), 0, () -> {});
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
        stacks.apply("shop", "{buckets: [{name: uploads}]}");

        stacks.awaitReady("shop");
        var status = stacks.status("shop");
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
        stacks.apply("idle", "{buckets: [{name: uploads}]}");
        stacks.awaitReady("idle");

        var settled = await().during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(20))
                .until(() -> operator.metrics().reconciles(), new Unchanged()::isSame);

        var before = stacks.get("idle").getMetadata().getResourceVersion();
        assertThat(operator.metrics().reconciles()).isEqualTo(settled).isLessThan(15);
        assertThat(stacks.get("idle").getMetadata().getResourceVersion()).isEqualTo(before);
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
        stacks.apply("mend", "{buckets: [{name: uploads}]}");
        stacks.awaitReady("mend");

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
        stacks.apply("refs", "{buckets: [{name: bucket, objectsFrom: [{configMapRef: {name: fixtures}}]}]}");

        stacks.awaitReason("refs", "InvalidReference");
        assertThat(stacks.condition("refs", "Ready").path("message").asText())
                .contains("spec.buckets[0].objectsFrom[0].configMapRef", "ConfigMap fixtures");
        client.resource(new ConfigMapBuilder()
                        .withMetadata(stacks.meta("fixtures"))
                        .withData(Map.of("a", "b"))
                        .build())
                .create();

        stacks.awaitReady("refs");
    }

    @Test
    void anObjectOfSomeoneElseIsNeverTaken() {
        client.resource(new ConfigMapBuilder()
                        .withMetadata(stacks.meta("taken-binding"))
                        .withData(Map.of("mine", "yes"))
                        .build())
                .create();

        stacks.apply("taken", "{}");

        stacks.awaitReason("taken", "ResourceConflict");
        assertThat(client.configMaps()
                        .inNamespace(namespace)
                        .withName("taken-binding")
                        .get()
                        .getData())
                .containsOnlyKeys("mine");
    }

    @Test
    void whatThePlatformDoesNotHaveStallsOneStackOnly() {
        stacks.apply("bad", "{lambda: {executor: Docker}}");
        stacks.apply("good", "{}");

        stacks.awaitReason("bad", "InvalidSpec");
        assertThat(stacks.condition("bad", "Stalled").path("status").asText()).isEqualTo("True");
        assertThat(stacks.condition("bad", "Ready").path("message").asText()).contains("spec.lambda.executor");
        stacks.awaitReady("good");
    }

    @Test
    void aQuotaIsToldAndItsEndIsEnough() {
        client.resource(new ResourceQuotaBuilder()
                        .withMetadata(stacks.meta("none"))
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

        stacks.apply("quota", "{}");

        stacks.awaitReason("quota", "ApplyRefused");
        client.resourceQuotas().inNamespace(namespace).withName("none").delete();
        stacks.awaitReady("quota");
    }

    @Test
    void runnerPodsAreWhatTheEmulatorWants() {
        stacks.apply("fn", "{}");
        stacks.awaitReady("fn");

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
        stacks.apply("rest", "{}");
        stacks.awaitReady("rest");

        stacks.annotate("rest", "ruststack.dev/reconcile", "Paused");
        stacks.awaitReason("rest", "Paused");
        client.configMaps().inNamespace(namespace).withName("rest-binding").delete();
        stacks.annotate("rest", "ruststack.dev/reconcile", "Enabled");

        stacks.awaitReady("rest");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> client.configMaps()
                                .inNamespace(namespace)
                                .withName("rest-binding")
                                .get()
                        != null);
    }

    @Test
    void aPausedStackSaysThatItHasSeenItsEdits() {
        stacks.apply("still", "{}");
        stacks.awaitReady("still");
        stacks.annotate("still", "ruststack.dev/reconcile", "Paused");
        stacks.awaitReason("still", "Paused");

        stacks.apply("still", "{buckets: [{name: uploads}]}");

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(stacks.status("still")
                                .path("observedGeneration")
                                .asLong())
                        .isEqualTo(stacks.get("still").getMetadata().getGeneration()));
        stacks.awaitReason("still", "Paused");
        assertThat(stacks.status("still").at("/buckets/total").asInt()).isZero();
    }

    @Test
    void aDeletedServiceIsBackAtItsAddress() {
        stacks.apply("kept", "{}");
        stacks.awaitReady("kept");
        var deployment = generation("kept");
        for (var name : List.of("kept", "kept-runtime")) {
            var before = service(name);

            client.services().inNamespace(namespace).withName(name).delete();

            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                assertThat(service(name)).isNotNull();
                assertThat(service(name).getMetadata().getUid())
                        .isNotEqualTo(before.getMetadata().getUid());
            });
            assertThat(service(name).getSpec().getClusterIP())
                    .isEqualTo(before.getSpec().getClusterIP());
        }
        assertThat(generation("kept")).as("nothing else had to change").isEqualTo(deployment);
    }

    @Test
    void aServiceWhoseAddressIsTakenGetsAnother() {
        stacks.apply("robbed", "{}");
        stacks.awaitReady("robbed");
        operator.close();
        var address = service("robbed").getSpec().getClusterIP();
        client.services().inNamespace(namespace).withName("robbed").delete();
        takeAddress("thief", address);

        restart();

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(service("robbed")).isNotNull();
            assertThat(text("robbed-binding", "AWS_ENDPOINT_URL_S3"))
                    .as("what applications are told")
                    .contains(service("robbed").getSpec().getClusterIP());
            assertThat(stacks.status("robbed").at("/endpoints/clusterIP").asText())
                    .contains(service("robbed").getSpec().getClusterIP())
                    .doesNotContain(address);
        });
    }

    @Test
    void anAddressThatIsNotYetFreeIsWaitedFor() {
        stacks.apply("patient", "{}");
        stacks.awaitReady("patient");
        operator.close();
        var address = service("patient").getSpec().getClusterIP();
        client.services().inNamespace(namespace).withName("patient").delete();
        client.services().inNamespace(namespace).withName("patient-runtime").delete();
        takeAddress("guest", address);
        restart();
        // Both are made at the same time.
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(service("patient-runtime")).isNotNull());

        client.services().inNamespace(namespace).withName("guest").delete();

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(service("patient")).isNotNull());
        assertThat(service("patient").getSpec().getClusterIP()).isEqualTo(address);
    }

    private void takeAddress(String name, String address) {
        client.resource(new ServiceBuilder()
                        .withMetadata(stacks.meta(name))
                        .withNewSpec()
                        .withClusterIP(address)
                        .addNewPort()
                        .withPort(80)
                        .endPort()
                        .endSpec()
                        .build())
                .create();
    }

    private Service service(String name) {
        return client.services().inNamespace(namespace).withName(name).get();
    }

    private long generation(String deployment) {
        return client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName(deployment)
                .get()
                .getMetadata()
                .getGeneration();
    }

    private void restart() {
        try {
            start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aReseedIsDoneOnceAndEchoed() {
        stacks.apply("again", "{buckets: [{name: uploads}]}");
        stacks.awaitReady("again");
        var before = emulator.seeds.size();

        stacks.annotate("again", "ruststack.dev/reseed-requested-at", "now");

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(stacks.status("again")
                                .at("/seed/observedReseedRequest")
                                .asText())
                        .isEqualTo("now"));
        assertThat(emulator.seeds).hasSize(before + 1);
    }

    @Test
    void otherKeysInTheSecretReachTheEmulatorAndTheBinding() {
        keys("first");
        stacks.apply("keys", "{credentials: {secretRef: {name: mine}}}");
        stacks.awaitReady("keys");
        var before = secretsHash("keys");

        keys("second");
        stacks.apply("keys", "{credentials: {secretRef: {name: mine}}, buckets: [{name: uploads}]}");

        await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> {
            assertThat(secretsHash("keys")).isNotEqualTo(before);
            assertThat(text("keys-binding", "AWS_SECRET_ACCESS_KEY")).isEqualTo("second");
        });
    }

    @Test
    void secretsThatAStackHasNoMoreAreRemoved() {
        keys("first");
        stacks.apply("gone", "{binding: {secretName: app-aws}}");
        stacks.awaitReady("gone");
        assertThat(secret("app-aws")).isNotNull();
        assertThat(secret("gone-credentials")).isNotNull();

        stacks.apply("gone", "{credentials: {secretRef: {name: mine}}}");

        await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> {
            assertThat(secret("app-aws")).isNull();
            assertThat(secret("gone-credentials")).isNull();
            assertThat(secret("gone-binding")).isNotNull();
        });
        assertThat(secret("mine")).isNotNull();
    }

    @Test
    void whatAnEarlierStackOfTheNameLeftIsWaitedFor() {
        var left = new SecretBuilder()
                .withMetadata(stacks.meta("heir-internal"))
                .editMetadata()
                .addNewOwnerReference()
                .withApiVersion("ruststack.dev/v1alpha1")
                .withKind("RustStack")
                .withName("heir")
                .withUid("00000000-0000-0000-0000-000000000000")
                .withController(true)
                .endOwnerReference()
                .endMetadata()
                .build();
        client.resource(left).create();

        stacks.apply("heir", "{}");

        stacks.awaitReason("heir", "Pending");
        assertThat(stacks.condition("heir", "Ready").path("message").asText()).contains("heir-internal");
        client.resource(left).delete();
        stacks.awaitReady("heir");
    }

    private void keys(String secretKey) {
        client.resource(new SecretBuilder()
                        .withMetadata(stacks.meta("mine"))
                        .withStringData(Map.of("AWS_ACCESS_KEY_ID", "LSIAMINE", "AWS_SECRET_ACCESS_KEY", secretKey))
                        .build())
                .serverSideApply();
    }

    private String secretsHash(String stack) {
        return client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName(stack)
                .get()
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getAnnotations()
                .get("ruststack.dev/secrets-hash");
    }

    private Secret secret(String name) {
        return client.secrets().inNamespace(namespace).withName(name).get();
    }

    private String text(String secret, String key) {
        return new String(Base64.getDecoder().decode(secret(secret).getData().get(key)));
    }

    @Test
    void anOperatorThatComesLaterTakesOver() throws IOException {
        operator.close();
        stacks.apply("later", "{buckets: [{name: uploads}]}");

        start();
        stacks.awaitReady("later");
    }
}
