package dev.ruststack.emulator.lambda;

import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A name for a version of a function, or for two that share its invocations. AWS: Lambda API Reference,
 * AliasConfiguration; Lambda Developer Guide, Implement Lambda canary deployments using a weighted alias.
 *
 * @param version a published version, or {@code $LATEST}
 * @param weights the parts, from 0 to 1, of the invocations that go to other published versions
 */
public record Alias(String name, String version, String description, Map<String, Double> weights, String revisionId) {
    public Alias {
        weights = Map.copyOf(weights);
    }

    /** Whether invocations may go to a version. */
    public boolean refersTo(String candidate) {
        return version.equals(candidate) || weights.containsKey(candidate);
    }

    /** The version that one invocation goes to. */
    String route(RandomGenerator random) {
        double left = random.nextDouble();
        for (var other : weights.entrySet()) {
            left -= other.getValue();
            if (left < 0) {
                return other.getKey();
            }
        }
        return version;
    }
}
