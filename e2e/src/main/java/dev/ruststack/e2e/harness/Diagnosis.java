package dev.ruststack.e2e.harness;

import io.fabric8.kubernetes.api.model.Pod;

/** What someone needs who looks for the cause of a failure; what tells most comes last, next to the failure itself. */
final class Diagnosis {
    private static final String LINES = "--tail=30";

    private Diagnosis() {}

    static void print(String namespace) {
        Cluster.client().pods().inNamespace(namespace).list().getItems().forEach(Diagnosis::logs);
        show("get", "events", "-n", namespace, "--sort-by=.metadata.creationTimestamp");
        show("get", "ruststacks,pods,jobs,services,endpointslices", "-n", namespace, "-o", "wide");
        show("get", "ruststacks", "-n", namespace, "-o", "custom-columns=NAME:.metadata.name,STATUS:.status");
    }

    static void printOperator() {
        show("get", "pods", "-n", Cluster.SYSTEM, "-o", "wide");
        Cluster.client().pods().inNamespace(Cluster.SYSTEM).list().getItems().forEach(Diagnosis::logs);
    }

    private static void logs(Pod pod) {
        var name = pod.getMetadata().getName();
        show("logs", name, "-n", pod.getMetadata().getNamespace(), "--all-containers", "--prefix", LINES);
        boolean restarted = pod.getStatus().getContainerStatuses().stream().anyMatch(it -> it.getRestartCount() > 0);
        if (restarted) {
            show("logs", name, "-n", pod.getMetadata().getNamespace(), "--all-containers", "--previous", LINES);
        }
    }

    private static void show(String... arguments) {
        System.out.println("---- kubectl " + String.join(" ", arguments));
        System.out.println(Cluster.kubectl(arguments).output().strip());
    }
}
