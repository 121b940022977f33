package dev.ruststack.e2e.harness;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.EphemeralContainer;
import io.fabric8.kubernetes.api.model.EphemeralContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A look into a running container that need not have a shell: a Python program in an ephemeral container that shares
 * its processes. The first of them, process 1, is the container's own; its files are below {@code /proc/1/root}.
 */
public final class Visitor {
    private Visitor() {}

    /**
     * Runs the program beside a container, and gives what it printed.
     *
     * @param user the user of the container's processes, without which they cannot be looked at
     */
    public static String visit(Pod pod, String container, long user, String program) {
        var name = "visitor-"
                + HexFormat.of().toHexDigits((short) ThreadLocalRandom.current().nextInt());
        var pods = Cluster.client()
                .pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName());
        pods.ephemeralContainers().edit(it -> {
            it.getSpec().getEphemeralContainers().add(visitor(name, container, user, program));
            return it;
        });
        await().atMost(Cluster.SOON).until(() -> hasEnded(pods.get(), name));
        return pods.inContainer(name).getLog().strip();
    }

    private static boolean hasEnded(Pod pod, String name) {
        return pod.getStatus().getEphemeralContainerStatuses().stream()
                .anyMatch(status -> status.getName().equals(name)
                        && status.getState() != null
                        && status.getState().getTerminated() != null);
    }

    private static EphemeralContainer visitor(String name, String target, long user, String program) {
        return new EphemeralContainerBuilder()
                .withName(name)
                .withImage(Settings.CLIENT_IMAGE)
                .withImagePullPolicy("IfNotPresent")
                .withTargetContainerName(target)
                .withCommand("python3", "-c", program)
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(user)
                .withRunAsGroup(user)
                .withAllowPrivilegeEscalation(false)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .build();
    }
}
