package dev.ruststack.operator.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ruststack.operator.desired.Names;
import dev.ruststack.operator.resource.RawStack;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tells news from noise: most of what an API server sends is the echo of what was applied, or says nothing new. */
public final class News {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String PREFIX = "ruststack.dev/";
    private final Memories memories;

    News(Memories memories) {
        this.memories = memories;
    }

    /** An object that appears is news, unless it is what was just applied, or a runner, which has yet to do anything. */
    boolean isAddition(HasMetadata object) {
        return !isRunner(object) && !memories.isEcho(object);
    }

    boolean isChange(HasMetadata now, HasMetadata before) {
        if (now.getMetadata().getDeletionTimestamp() != null
                && before.getMetadata().getDeletionTimestamp() == null) {
            return true;
        }
        if (!Objects.equals(Memories.hash(now), Memories.hash(before))) {
            return !memories.isEcho(now);
        }
        return !essence(now).equals(essence(before));
    }

    /** Whether a change of the resource itself asks for anything: the spec, our annotations, or its end. */
    public static boolean isChange(RawStack now, RawStack before) {
        return !Objects.equals(
                        now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
                || !Objects.equals(
                        now.getMetadata().getDeletionTimestamp(),
                        before.getMetadata().getDeletionTimestamp())
                || !Objects.equals(
                        now.getMetadata().getUid(), before.getMetadata().getUid())
                || !ours(now).equals(ours(before));
    }

    private static Map<String, String> ours(RawStack resource) {
        var ours = new TreeMap<String, String>();
        if (resource.getMetadata().getAnnotations() != null) {
            resource.getMetadata().getAnnotations().forEach((key, value) -> {
                if (key.startsWith(PREFIX)) {
                    ours.put(key, value);
                }
            });
        }
        return ours;
    }

    private static boolean isRunner(HasMetadata object) {
        return object instanceof Pod
                && Names.RUNNER.equals(object.getMetadata().getLabels().get(Names.COMPONENT_LABEL));
    }

    /** What of an object anything depends on. */
    private static List<@Nullable Object> essence(HasMetadata object) {
        var essence = new ArrayList<@Nullable Object>();
        var metadata = object.getMetadata();
        essence.add(metadata.getLabels());
        essence.add(metadata.getOwnerReferences());
        switch (object) {
            case Pod pod -> addPod(essence, pod);
            case Deployment deployment -> addDeployment(essence, deployment);
            default -> essence.add(withoutNoise(object));
        }
        return essence;
    }

    private static void addPod(List<@Nullable Object> essence, Pod pod) {
        var trouble = PodTrouble.of(pod);
        essence.add(trouble == null ? null : trouble.fingerprint());
        essence.add(Observed.isFinished(pod));
        if (!isRunner(pod)) {
            essence.add(pod.getStatus() == null ? null : pod.getStatus().getPodIP());
            essence.add(Readiness.isReady(pod));
            essence.add(StatusOf.restarts(pod));
        }
    }

    private static void addDeployment(List<@Nullable Object> essence, Deployment deployment) {
        essence.add(deployment.getMetadata().getGeneration());
        essence.add(Readiness.hasRolled(deployment));
        if (deployment.getStatus() != null) {
            deployment.getStatus().getConditions().stream()
                    .filter(condition -> condition.getType().equals("ReplicaFailure"))
                    .forEach(condition -> essence.add(condition.getStatus() + condition.getMessage()));
        }
    }

    private static Object withoutNoise(HasMetadata object) {
        JsonNode tree = MAPPER.valueToTree(object);
        if (tree instanceof ObjectNode node) {
            node.remove("status");
            if (node.get("metadata") instanceof ObjectNode metadata) {
                metadata.remove(List.of("resourceVersion", "managedFields", "generation"));
            }
        }
        return tree;
    }
}
