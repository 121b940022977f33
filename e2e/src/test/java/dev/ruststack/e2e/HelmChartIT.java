package dev.ruststack.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.e2e.harness.ClientPod;
import dev.ruststack.e2e.harness.Cluster;
import dev.ruststack.e2e.harness.Program;
import dev.ruststack.e2e.harness.Settings;
import dev.ruststack.e2e.harness.Stack;
import dev.ruststack.e2e.harness.TestNamespace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Both charts by Helm, in a namespace that enforces restricted pods. */
@Order(2)
final class HelmChartIT {
    private static final String RELEASE = "shop";

    @RegisterExtension
    private final TestNamespace namespace = new TestNamespace();

    @Test
    void installEndsWithTheStackReadyAndItsTestPasses() {
        install("install").succeeded();

        var stack = stack();
        assertThat(stack.condition("Ready").path("status").asText()).isEqualTo("True");
        helm("test", RELEASE, "--timeout", "4m").succeeded();
        assertThat(ClientPod.of(stack).python("""
                        import os, urllib.request
                        print(urllib.request.urlopen(os.environ['RUSTSTACK_HTTP_URL'] + '/any').read().decode())
                        """)).isEqualTo("hello from web");
    }

    @Test
    void upgradeAndRollbackAreFollowedUntilReady() {
        install("install").succeeded();
        var stack = stack();
        var one = buckets(stack);

        install("upgrade", "--set-json", "buckets.more={}").succeeded();
        var two = buckets(stack);
        assertThat(stack.condition("Ready").path("status").asText()).isEqualTo("True");
        assertThat(stack.status().at("/buckets/ready").asInt()).isEqualTo(2);

        helm("rollback", RELEASE, "1", "--timeout", "4m").succeeded();
        assertThat(stack.condition("Ready").path("status").asText()).isEqualTo("True");
        assertThat(one).containsExactly("uploads");
        assertThat(two).containsExactlyInAnyOrder("more", "uploads");
        assertThat(buckets(stack)).containsExactly("uploads");
    }

    @Test
    void uninstallLeavesNothing() {
        install("install").succeeded();
        var stack = stack();

        helm("uninstall", RELEASE, "--wait", "--timeout", "2m").succeeded();

        Stack.eventually(() -> {
            var left = Cluster.kubectl(
                    "get",
                    "ruststacks,deployments,pods,services,secrets,networkpolicies,jobs,roles,rolebindings",
                    "-n",
                    stack.namespace(),
                    "-o",
                    "name");
            assertThat(left.succeeded()).doesNotContain("/");
        });
    }

    @Test
    void theNamespaceIsDeletedInUnderTenSeconds() {
        install("install").succeeded();

        var took = namespace.delete(namespace.name());

        print("namespace deleted", took);
        assertThat(took).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void theNamespaceIsDeletedInUnderTenSecondsWithTheOperatorStopped() {
        install("install").succeeded();
        Cluster.scaleOperator(0);
        try {
            var took = namespace.delete(namespace.name());

            print("namespace deleted, operator stopped", took);
            assertThat(took).isLessThan(Duration.ofSeconds(10));
        } finally {
            Cluster.scaleOperator(1);
        }
    }

    @Test
    void theOperatorsOwnTestPasses() {
        Cluster.helm("test", Cluster.OPERATOR, "--namespace", Cluster.SYSTEM, "--timeout", "4m")
                .succeeded();
    }

    private Stack stack() {
        return new Stack(namespace.name(), RELEASE);
    }

    private static List<String> buckets(Stack stack) {
        var names = new ArrayList<String>();
        stack.object()
                .at("/spec/buckets")
                .forEach(bucket -> names.add(bucket.path("name").asText()));
        return names;
    }

    private Program install(String command, String... options) {
        var arguments = new ArrayList<>(List.of(
                command,
                RELEASE,
                Settings.PROJECT.resolve("helm/ruststack").toString(),
                "--timeout",
                "4m",
                "--set",
                "waitForReady.image=" + Settings.OPERATOR_IMAGE,
                "--values",
                Settings.PROJECT
                        .resolve("e2e/src/test/resources/values/shop.yaml")
                        .toString()));
        arguments.addAll(List.of(options));
        return helm(arguments.toArray(String[]::new));
    }

    private Program helm(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--namespace", namespace.name()));
        return Cluster.helm(all.toArray(String[]::new));
    }

    private static void print(String what, Duration took) {
        System.out.printf(Locale.ROOT, "  %s: %.1f s%n", what, took.toMillis() / 1000.0);
    }
}
