package dev.ruststack.operator.reconcile;

import dev.ruststack.crds.Api;
import dev.ruststack.operator.desired.Matches;
import dev.ruststack.operator.desired.Names;
import dev.ruststack.operator.desired.Stack;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes a stack's objects be what they should: applies those that differ, all at once, and deletes those that are not
 * wanted any more. One that fails does not keep the others back.
 */
final class Children {
    /** How often an obstacle is looked at of which no event tells. */
    static final Duration RECHECK = Duration.ofSeconds(3);

    /** What is deleted when it is not wanted; a volume claim never is. */
    private static final Set<String> REMOVABLE =
            Set.of("Ingress", "HTTPRoute", "NetworkPolicy", "ConfigMap", "Service", "Deployment");

    private final Cluster cluster;
    private final ExecutorService threads;
    private final KeptAddresses addresses;

    Children(Cluster cluster, ExecutorService threads) {
        this.cluster = cluster;
        this.threads = threads;
        addresses = new KeptAddresses(cluster);
    }

    /**
     * The objects as they now are; those that could not be applied are left out.
     *
     * @param checkSecrets whether Secrets are looked at too: no informer watches them
     */
    List<HasMetadata> apply(Round round, Collection<? extends HasMetadata> desired, boolean checkSecrets) {
        var results = new ConcurrentLinkedQueue<HasMetadata>();
        var pending = desired.stream()
                .map(object -> threads.submit(() -> {
                    var result = applyIfNeeded(round, object, checkSecrets);
                    if (result != null) {
                        results.add(result);
                    }
                }))
                .toList();
        for (var each : pending) {
            try {
                each.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException failure) {
                    round.failed(failure);
                } else {
                    throw new IllegalStateException(e.getCause());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while applying", e);
            }
        }
        return List.copyOf(results);
    }

    private @Nullable HasMetadata applyIfNeeded(Round round, HasMetadata desired, boolean checkSecrets) {
        var key = ChildKey.of(desired);
        var wanted = Memories.hash(desired);
        var actual = round.observed.children().get(key);
        if (desired instanceof Secret) {
            if (!checkSecrets && wanted != null && wanted.equals(round.memory.applied.get(key))) {
                return desired;
            }
            actual = cluster.get(desired);
        } else if (actual == null && !round.memory.applied.containsKey(key)) {
            actual = cluster.get(desired);
        }
        if (actual != null) {
            if (!isOwned(actual, round.stack) && !(isUnowned(desired) && carriesLabel(actual, round.stack))) {
                conflict(round, actual);
                return null;
            }
            if (actual.getMetadata().getDeletionTimestamp() != null) {
                return null;
            }
            if (wanted != null && wanted.equals(Memories.hash(actual)) && Matches.subset(desired, actual)) {
                round.memory.applied.put(key, wanted);
                return actual;
            }
        }
        return apply(round, desired, key, wanted);
    }

    private @Nullable HasMetadata apply(Round round, HasMetadata desired, ChildKey key, @Nullable String wanted) {
        var before = round.memory.applied.get(key);
        if (wanted != null) {
            round.memory.applied.put(key, wanted);
        }
        try {
            return desired instanceof Service service
                            && round.observed.children().get(key) == null
                    ? addresses.apply(round, service)
                    : cluster.apply(desired);
        } catch (KubernetesClientException e) {
            if (before == null) {
                round.memory.applied.remove(key);
            } else {
                round.memory.applied.put(key, before);
            }
            if (e.getCode() == 403 || e.getCode() == 422) {
                round.found(Finding.passing(Finding.APPLY_REFUSED, key + ": " + message(e)));
                round.failed(e);
                return null;
            }
            throw e;
        }
    }

    /** Deletes the stack's objects that are not in the set. */
    void prune(Round round, Set<ChildKey> wanted) {
        for (var entry : round.observed.children().entrySet()) {
            var object = entry.getValue();
            if (REMOVABLE.contains(entry.getKey().kind())
                    && !wanted.contains(entry.getKey())
                    && object.getMetadata().getDeletionTimestamp() == null
                    && isOwned(object, round.stack)) {
                cluster.delete(object);
                round.memory.applied.remove(entry.getKey());
            }
        }
    }

    /**
     * Looks at the Deployment itself where what is known of it cannot be all, since its pod is ready: after an API server
     * was gone an informer may hear nothing for a minute.
     */
    boolean refresh(Round round) {
        var known = round.observed.deployment(Names.of(round.stack));
        var pod = round.observed.emulatorPod();
        if (known == null || pod == null || !Readiness.isReady(pod) || Readiness.hasRolled(known)) {
            return true;
        }
        var live = cluster.get(known);
        if (live != null) {
            round.observed.children().put(ChildKey.of(live), live);
        }
        if (live == null || !Readiness.hasRolled(live)) {
            round.lookAgainIn(RECHECK);
        }
        return true;
    }

    static Set<ChildKey> keys(Collection<? extends HasMetadata> objects) {
        return objects.stream().map(ChildKey::of).collect(Collectors.toUnmodifiableSet());
    }

    /** What the API server says, without the client's preamble. */
    static String message(KubernetesClientException e) {
        var status = e.getStatus();
        return status == null || status.getMessage() == null ? String.valueOf(e.getMessage()) : status.getMessage();
    }

    static boolean isOwned(HasMetadata object, Stack stack) {
        return object.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> Boolean.TRUE.equals(owner.getController())
                        && owner.getUid().equals(stack.uid()));
    }

    private static boolean isUnowned(HasMetadata desired) {
        return desired.getMetadata().getOwnerReferences().isEmpty();
    }

    private static boolean carriesLabel(HasMetadata actual, Stack stack) {
        var labels = actual.getMetadata().getLabels();
        return labels != null && stack.name().equals(labels.get(Names.STACK_LABEL));
    }

    /** Says whose the object is that has the name of one of ours. Nothing tells when a Secret goes: so look again. */
    static void conflict(Round round, HasMetadata object) {
        var isOfAnEarlierStack = object.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner ->
                        owner.getKind().equals(Api.KIND) && owner.getName().equals(round.stack.name()));
        round.found(
                isOfAnEarlierStack
                        ? Finding.passing(
                                "Pending", describe(object) + " of an earlier stack of this name has yet to go")
                        : Finding.passing(
                                Finding.RESOURCE_CONFLICT,
                                describe(object)
                                        + " exists and does not belong to this stack: delete it, or give the stack"
                                        + " another name"));
        round.lookAgainIn(RECHECK);
    }

    private static String describe(HasMetadata object) {
        return "the " + object.getKind() + " " + object.getMetadata().getName();
    }
}
