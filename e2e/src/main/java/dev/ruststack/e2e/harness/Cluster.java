package dev.ruststack.e2e.harness;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The cluster of {@code KUBECONFIG}, in which {@code e2e/run} has installed the operator. */
public final class Cluster {
    /** Enough for a node that does many things at a time. */
    public static final Duration SOON = Duration.ofMinutes(4);

    /** The operator's namespace and release. */
    public static final String SYSTEM = Settings.SYSTEM;

    public static final String OPERATOR = "ruststack-operator";

    private static final KubernetesClient CLIENT = connect();

    private Cluster() {}

    /** As the cluster's administrator. Never closed: it ends with the JVM. */
    public static KubernetesClient client() {
        return CLIENT;
    }

    /** Runs kubectl. */
    public static Program kubectl(String... arguments) {
        return Program.run(line("kubectl", arguments));
    }

    /** Runs kubectl with a text on its standard input. */
    public static Program kubectlWith(String input, String... arguments) {
        return Program.run(line("kubectl", arguments), input);
    }

    /** Runs Helm. */
    public static Program helm(String... arguments) {
        return Program.run(line("helm", arguments));
    }

    /** The pods of the operator that are not ending. */
    public static List<Pod> operatorPods() {
        return client()
                .pods()
                .inNamespace(SYSTEM)
                .withLabels(Map.of("app.kubernetes.io/name", OPERATOR, "app.kubernetes.io/component", "operator"))
                .list()
                .getItems()
                .stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    /** Scales the operator, and waits until that many replicas are ready, or none is left. */
    public static void scaleOperator(int replicas) {
        kubectl("scale", "deployment", OPERATOR, "-n", SYSTEM, "--replicas=" + replicas)
                .succeeded();
        await().atMost(SOON).until(() -> {
            var pods = client().pods()
                    .inNamespace(SYSTEM)
                    .withLabel("app.kubernetes.io/component", "operator")
                    .list()
                    .getItems();
            return pods.size() == replicas && pods.stream().allMatch(Pods::isReady);
        });
    }

    private static List<String> line(String program, String... arguments) {
        var line = new ArrayList<String>();
        line.add(program);
        line.addAll(List.of(arguments));
        return line;
    }

    private static KubernetesClient connect() {
        var config = new ConfigBuilder(Config.autoConfigure(null))
                .withRequestRetryBackoffLimit(5)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }
}
