package dev.ruststack.operator.reconcile;

import dev.ruststack.operator.desired.Names;
import dev.ruststack.operator.resource.RawStack;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the informers know of a stack's objects, without a call to the API server.
 *
 * @param children all but pods
 * @param pods the emulator's and the runners'
 */
record Observed(Map<ChildKey, HasMetadata> children, List<Pod> pods) {
    static Observed of(Context<RawStack> context, Collection<Class<? extends HasMetadata>> kinds) {
        var children = new HashMap<ChildKey, HasMetadata>();
        for (var kind : kinds) {
            context.getSecondaryResources(kind).forEach(object -> children.put(ChildKey.of(object), object));
        }
        return new Observed(children, List.copyOf(context.getSecondaryResources(Pod.class)));
    }

    @Nullable
    Deployment deployment(String name) {
        return children.get(new ChildKey("Deployment", name)) instanceof Deployment deployment ? deployment : null;
    }

    @Nullable
    String clusterIp(String serviceName) {
        return children.get(new ChildKey("Service", serviceName)) instanceof Service service ? address(service) : null;
    }

    static @Nullable String address(Service service) {
        var ip = service.getSpec() == null ? null : service.getSpec().getClusterIP();
        return ip == null || ip.isEmpty() || ip.equals("None") ? null : ip;
    }

    /** The emulator's pod: the newest that is not on its way out. */
    @Nullable
    Pod emulatorPod() {
        return pods.stream()
                .filter(is(Names.EMULATOR))
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(pod -> !isFinished(pod))
                .max(Comparator.comparing(pod -> pod.getMetadata().getCreationTimestamp()))
                .orElse(null);
    }

    List<Pod> runners() {
        return pods.stream().filter(is(Names.RUNNER)).toList();
    }

    static boolean isFinished(Pod pod) {
        var phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        return "Failed".equals(phase) || "Succeeded".equals(phase);
    }

    private static Predicate<Pod> is(String component) {
        return pod -> component.equals(pod.getMetadata().getLabels().get(Names.COMPONENT_LABEL));
    }
}
