package dev.ruststack.operator.desired;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the operator was told about the cluster, from its environment (see {@link PlatformVariables}).
 *
 * @param process the operator's own process
 * @param clusterDomain the cluster's DNS domain, {@code cluster.local} nearly everywhere
 */
public record Platform(Images images, Features features, Limits limits, OperatorProcess process, String clusterDomain) {
    /**
     * What this cluster and the operator's permissions allow.
     *
     * @param openShift user and group ids are left to the cluster
     */
    public record Features(
            boolean ttl, boolean ingress, boolean gatewayApi, boolean networkPolicy, boolean openShift) {}

    /**
     * Bounds on every stack.
     *
     * @param maxRunners execution environments at once
     * @param maxTtlSeconds longest lifetime, in seconds; with one, a stack has to have a lifetime. Null: none
     */
    public record Limits(int maxRunners, @Nullable Long maxTtlSeconds) {}

    /**
     * The operator's own process.
     *
     * @param watchNamespaces empty: all
     * @param namespace the operator's own; null outside a cluster
     * @param podName null outside a cluster
     */
    public record OperatorProcess(
            List<String> watchNamespaces,
            @Nullable String namespace,
            @Nullable String podName,
            boolean leaderElection,
            String logLevel) {
        public OperatorProcess {
            watchNamespaces = List.copyOf(watchNamespaces);
        }
    }

    /**
     * The platform that an environment describes; variables of others are passed over.
     *
     * @throws IllegalArgumentException naming the first variable that is missing or wrong
     */
    public static Platform from(Map<String, String> environment) {
        return new PlatformVariables(environment).platform();
    }

    /** The image that runs a runtime for this stack: its own list wins. Null where there is none. */
    public @Nullable String runtimeImage(Stack stack, String runtime) {
        return stack.spec().lambda().images().stream()
                .filter(image -> image.runtime().equals(runtime))
                .map(image -> Objects.requireNonNull(image.image()))
                .findFirst()
                .orElse(images.runtimes().get(runtime));
    }

    /** How many runners the stack may have: what it asks for, within the platform's bound. */
    public int maxRunners(Stack stack) {
        return Math.min(stack.spec().lambda().maxRunners(), limits.maxRunners());
    }
}
