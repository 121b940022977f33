package dev.ruststack.operator.desired;

import dev.ruststack.crds.Resources;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What containers ask for: defaults, overlaid by what the stack says. No limit on CPU: it would slow every start. */
final class Needs {
    private static final Map<String, String> EMULATOR_REQUESTS = Map.of("cpu", "100m", "memory", "256Mi");
    private static final Map<String, String> EMULATOR_LIMITS = Map.of("memory", "512Mi");
    private static final Map<String, String> DYNAMODB_REQUESTS = Map.of("cpu", "50m", "memory", "192Mi");
    private static final Map<String, String> DYNAMODB_LIMITS = Map.of("memory", "384Mi");

    /** Memory in MB that a runner and the kernel's own share take beside the function. */
    private static final int BESIDE_FUNCTION = 64;

    private static final long MIB = 1L << 20;

    private Needs() {}

    static ResourceRequirements ofEmulator(Resources own) {
        return overlay(EMULATOR_REQUESTS, EMULATOR_LIMITS, own);
    }

    static ResourceRequirements ofDynamoDb(Resources own) {
        return overlay(DYNAMODB_REQUESTS, DYNAMODB_LIMITS, own);
    }

    static ResourceRequirements ofFunction(int memorySize) {
        return requirements(
                Map.of("cpu", "25m", "memory", memorySize + "Mi"),
                Map.of("memory", memorySize + BESIDE_FUNCTION + "Mi"));
    }

    static ResourceRequirements ofInstall() {
        return requirements(Map.of("cpu", "25m", "memory", "16Mi"), Map.of("memory", "64Mi"));
    }

    /**
     * DynamoDB Local's heap in MiB: two thirds of what the container may have, the rest being the JVM's own and
     * SQLite's.
     */
    static long dynamoDbHeap(ResourceRequirements needs) {
        var limit = Objects.requireNonNull(needs.getLimits().get("memory"), "there is a default");
        return Math.max(64, limit.getNumericalAmount().longValue() * 2 / 3 / MIB);
    }

    private static ResourceRequirements overlay(
            Map<String, String> requests, Map<String, String> limits, Resources own) {
        var allRequests = new TreeMap<>(requests);
        var allLimits = new TreeMap<>(limits);
        allRequests.putAll(own.requests());
        allLimits.putAll(own.limits());
        // A default gives way to what the stack says: Kubernetes refuses a request above its limit.
        allLimits.forEach((name, limit) -> {
            var request = allRequests.get(name);
            if (request != null && isMore(request, limit)) {
                if (own.limits().containsKey(name)) {
                    allRequests.computeIfPresent(
                            name, (same, value) -> own.requests().getOrDefault(name, limit));
                } else {
                    allLimits.put(name, request);
                }
            }
        });
        return requirements(allRequests, allLimits);
    }

    private static boolean isMore(String request, String limit) {
        return Quantity.parse(request)
                        .getNumericalAmount()
                        .compareTo(Quantity.parse(limit).getNumericalAmount())
                > 0;
    }

    private static ResourceRequirements requirements(Map<String, String> requests, Map<String, String> limits) {
        return new ResourceRequirementsBuilder()
                .withRequests(quantities(requests))
                .withLimits(quantities(limits))
                .build();
    }

    private static Map<String, Quantity> quantities(Map<String, String> texts) {
        var quantities = new TreeMap<String, Quantity>();
        texts.forEach((name, text) -> quantities.put(name, Quantity.parse(text)));
        return quantities;
    }
}
