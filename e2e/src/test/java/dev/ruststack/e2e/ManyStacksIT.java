package dev.ruststack.e2e;

import static dev.ruststack.e2e.harness.Stack.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ruststack.e2e.harness.ClientPod;
import dev.ruststack.e2e.harness.Cluster;
import dev.ruststack.e2e.harness.Outside;
import dev.ruststack.e2e.harness.Stack;
import dev.ruststack.e2e.harness.TestNamespace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Stacks beside each other, sound and unsound, and what an annotation or a reference does to one. */
@Order(6)
final class ManyStacksIT {
    private static final int STACKS = 20;

    private static final String SMALL = """
            dynamodb: {mode: Disabled}
            lambda: {executor: Disabled}
            emulator:
              resources:
                requests: {cpu: 10m, memory: 64Mi}
                limits: {memory: 256Mi}
            """;

    private static final String UPLOADS = SMALL + """
            buckets:
            - name: uploads
              objects: [{key: hello.txt, content: {text: hello}}]
            """;

    @RegisterExtension
    private final TestNamespace namespace = new TestNamespace();

    @Test
    void twoStacksInOneNamespaceDoNotSeeEachOther() {
        var one = Stack.apply(namespace.name(), "one", UPLOADS);
        var two = Stack.apply(namespace.name(), "two", UPLOADS);
        one.awaitReady();
        two.awaitReady();

        put(one, "of-one");

        assertThat(keys(one)).containsExactly("hello.txt", "of-one");
        assertThat(keys(two)).containsExactly("hello.txt");
        one.resource().delete();
        eventually(() -> assertThat(one.pods("emulator")).isEmpty());
        assertThat(keys(two)).containsExactly("hello.txt");
    }

    @Test
    void twentyStacksInAsManyNamespacesDoNotSeeEachOther() {
        var began = System.nanoTime();
        var stacks = new ArrayList<Stack>();
        for (int i = 0; i < STACKS; i++) {
            var own = SMALL + "buckets: [{name: bucket-%d}]".formatted(i);
            stacks.add(Stack.apply(i == 0 ? namespace.name() : namespace.another(), "shop", own));
        }

        stacks.forEach(Stack::awaitReady);

        System.out.printf(Locale.ROOT, "  %d stacks Ready: %.1f s%n", STACKS, (System.nanoTime() - began) / 1e9);
        for (int i = 0; i < STACKS; i++) {
            assertThat(buckets(stacks.get(i))).containsExactly("bucket-" + i);
        }
    }

    @Test
    void aStackAnswersOtherPodsFromTheMomentItIsReady() {
        var client = ClientPod.of(Stack.apply(namespace.name(), "first", SMALL).awaitReady());
        for (int i = 0; i < 6; i++) {
            var stack = Stack.apply(namespace.name(), "stack-" + i, SMALL);
            Cluster.kubectl(
                            "wait",
                            "-n",
                            namespace.name(),
                            "--for=condition=Ready",
                            "ruststack/stack-" + i,
                            "--timeout=120s")
                    .succeeded();

            client.python("import socket; socket.create_connection(('stack-%d', 4566), 5)".formatted(i));
            stack.resource().delete();
        }
    }

    @Test
    void aStackWithALifetimeDeletesItself() {
        var brief = Stack.apply(namespace.name(), "brief", SMALL + "lifetime: {ttlSeconds: 60}");

        brief.awaitReady();

        eventually(() -> assertThat(brief.resource().get()).isNull());
        eventually(() -> assertThat(
                        Cluster.kubectl("get", "pods,services,deployments", "-n", namespace.name(), "-o", "name")
                                .succeeded())
                .doesNotContain("brief"));
    }

    @Test
    void aPausedStackIsLeftAloneUntilItGoesOn() {
        var stack = Stack.apply(namespace.name(), "rest", UPLOADS).awaitReady();
        stack.annotate("ruststack.dev/reconcile", "Paused");
        stack.awaitReason("Paused");

        stack.change(SMALL + "buckets: [{name: uploads}, {name: later}]");
        Cluster.kubectl("delete", "configmap", "rest-binding", "-n", namespace.name())
                .succeeded();
        await().during(Duration.ofSeconds(5)).atMost(Cluster.SOON).untilAsserted(() -> {
            assertThat(stack.condition("Ready").path("reason").asText()).isEqualTo("Paused");
            assertThat(Cluster.kubectl("get", "configmap", "rest-binding", "-n", namespace.name())
                            .exitCode())
                    .isNotZero();
        });
        assertThat(buckets(stack)).containsExactly("uploads");

        stack.annotate("ruststack.dev/reconcile", "Enabled");
        stack.awaitReady();
        eventually(() -> assertThat(buckets(stack)).containsExactlyInAnyOrder("uploads", "later"));
    }

    @Test
    void aReseedBringsBackWhatAClientHasChanged() {
        var stack = Stack.apply(namespace.name(), "again", UPLOADS).awaitReady();
        try (var outside = stack.outside();
                var s3 = outside.s3()) {
            s3.deleteObject(request -> request.bucket("uploads").key("hello.txt"));
        }
        assertThat(keys(stack)).isEmpty();

        stack.annotate("ruststack.dev/reseed-requested-at", "now");

        eventually(() -> assertThat(
                        stack.status().at("/seed/observedReseedRequest").asText())
                .isEqualTo("now"));
        stack.awaitReady();
        assertThat(keys(stack)).containsExactly("hello.txt");
    }

    @Test
    void aMissingReferenceIsNamedAndItsArrivalIsEnough() {
        var stack = Stack.apply(namespace.name(), "refs", SMALL + """
                buckets: [{name: uploads, objectsFrom: [{configMapRef: {name: fixtures}}]}]
                """);
        stack.awaitReason("InvalidReference");
        assertThat(stack.condition("Ready").path("message").asText()).contains("ConfigMap fixtures");

        Cluster.kubectl("create", "configmap", "fixtures", "-n", namespace.name(), "--from-literal=a.txt=b")
                .succeeded();

        stack.awaitReady();
        assertThat(keys(stack)).containsExactly("a.txt");
    }

    @Test
    void stacksThatCannotBeDoNotStopTheOthers() {
        var garbage = Stack.apply(namespace.name(), "garbage", "{lambda: {executor: Docker}}");
        var quota = Stack.apply(withQuota("services"), "quota", SMALL);
        var crowded = Stack.apply(withQuota("pods"), "crowded", SMALL);
        var sound = Stack.apply(namespace.another(), "sound", UPLOADS);

        sound.awaitReady();
        garbage.awaitReason("InvalidSpec");
        assertThat(garbage.condition("Stalled").path("status").asText()).isEqualTo("True");
        quota.awaitReason("ApplyRefused");
        eventually(() ->
                assertThat(crowded.condition("Ready").path("message").asText()).contains("exceeded quota"));

        Cluster.kubectl("delete", "resourcequota", "none", "-n", quota.namespace())
                .succeeded();
        Cluster.kubectl("delete", "resourcequota", "none", "-n", crowded.namespace())
                .succeeded();
        garbage.change(SMALL);
        garbage.awaitReady();
        quota.awaitReady();
        crowded.awaitReady();
    }

    private String withQuota(String resource) {
        var name = namespace.another();
        Cluster.kubectl("create", "quota", "none", "-n", name, "--hard=" + resource + "=0")
                .succeeded();
        eventually(() -> assertThat(
                        Cluster.kubectl("get", "resourcequota", "none", "-n", name, "-o", "jsonpath={.status.hard}")
                                .output())
                .contains(resource));
        return name;
    }

    private static void put(Stack stack, String key) {
        try (var outside = stack.outside();
                var s3 = outside.s3()) {
            s3.putObject(request -> request.bucket("uploads").key(key), RequestBody.fromString("mine"));
        }
    }

    private static List<String> keys(Stack stack) {
        try (var outside = stack.outside();
                var s3 = outside.s3()) {
            return s3.listObjectsV2(request -> request.bucket("uploads")).contents().stream()
                    .map(S3Object::key)
                    .toList();
        }
    }

    private static List<String> buckets(Stack stack) {
        try (Outside outside = stack.outside();
                S3Client s3 = outside.s3()) {
            return s3.listBuckets().buckets().stream().map(Bucket::name).toList();
        }
    }
}
