package dev.ruststack.operator.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ruststack.operator.desired.Names;
import dev.ruststack.operator.resource.RawStack;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
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
    private final Looks looks;
    private final Watches watches;

    News(Memories memories, Looks looks, Watches watches) {
        this.memories = memories;
        this.looks = looks;
        this.watches = watches;
    }

    /** Whether an object that appears asks for a look at once; one that may wait is seen to here. */
    boolean isAddition(HasMetadata object) {
        if (memories.isEcho(object)) {
            return false;
        }
        return object instanceof Pod pod ? isEmulator(pod) && asksForLook(pod, null) : isLookedAt(object);
    }

    /** As {@link #isAddition}, of an object that changes. */
    boolean isChange(HasMetadata now, HasMetadata before) {
        if (now.getMetadata().getDeletionTimestamp() != null
                && before.getMetadata().getDeletionTimestamp() == null) {
            return isLookedAt(now);
        }
        if (!Objects.equals(Memories.hash(now), Memories.hash(before))) {
            return !memories.isEcho(now) && isLookedAt(now);
        }
        if (essence(now).equals(essence(before))) {
            return false;
        }
        return switch (now) {
            case Pod pod when isEmulator(pod) -> asksForLook(pod, (Pod) before);
            case Deployment deployment -> asksForLook(deployment, (Deployment) before);
            default -> isLookedAt(now);
        };
    }

    /** A stack that was not looked at yet needs no telling: that look will see it. */
    private boolean isLookedAt(HasMetadata object) {
        return Memories.stackOf(object).stream().anyMatch(id -> memories.known(id) != null);
    }

    private boolean asksForLook(Pod now, @Nullable Pod before) {
        return Memories.stackOf(now).stream().anyMatch(id -> {
            var memory = memories.known(id);
            return memory != null && isAskedFor(id, isUrgent(memory, id, now, before));
        });
    }

    private boolean isUrgent(StackMemory memory, ResourceID id, Pod now, @Nullable Pod before) {
        if (now.getMetadata().getDeletionTimestamp() != null || isRelabelled(now, before)) {
            return true;
        }
        memory.podIsReady = Readiness.isReady(now);
        var address = address(now);
        var isFollowed = address == null
                || (before != null && address.equals(address(before)))
                || watches.begin(memory, id, now);
        return !isFollowed || Urgency.isUrgent(memory, now, before);
    }

    private boolean asksForLook(Deployment now, Deployment before) {
        return Memories.stackOf(now).stream().anyMatch(id -> {
            var memory = memories.known(id);
            return memory != null && isAskedFor(id, isRelabelled(now, before) || Urgency.isUrgent(memory, now, before));
        });
    }

    private boolean isAskedFor(ResourceID id, boolean isUrgent) {
        if (isUrgent) {
            looks.isImminent(id);
        } else {
            looks.soon(id);
        }
        return isUrgent;
    }

    private static boolean isRelabelled(HasMetadata now, @Nullable HasMetadata before) {
        return before != null
                && !(Objects.equals(
                                now.getMetadata().getLabels(),
                                before.getMetadata().getLabels())
                        && Objects.equals(
                                now.getMetadata().getOwnerReferences(),
                                before.getMetadata().getOwnerReferences()));
    }

    private static @Nullable String address(Pod pod) {
        return pod.getStatus() == null ? null : pod.getStatus().getPodIP();
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

    private static boolean isEmulator(Pod pod) {
        return Names.EMULATOR.equals(pod.getMetadata().getLabels().get(Names.COMPONENT_LABEL));
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
        if (isEmulator(pod)) {
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
