package dev.ruststack.operator.desired;

import dev.ruststack.crds.function.BaseImages;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The images that the operator runs where a stack does not name its own.
 *
 * @param runtimes image by Lambda's identifier of the runtime: those of AWS, overlaid by the operator's settings
 * @param pullPolicy {@code Always}, {@code IfNotPresent} or {@code Never}; null leaves it to Kubernetes
 */
public record Images(
        String emulator,
        String dynamodb,
        String runner,
        Map<String, String> runtimes,
        @Nullable String pullPolicy) {
    public Images {
        runtimes = Collections.unmodifiableMap(new TreeMap<>(runtimes));
    }

    /** AWS's image of every runtime, with those given in their place. */
    static Map<String, String> runtimes(Map<String, String> overrides) {
        var all = new TreeMap<>(BaseImages.byRuntime());
        all.putAll(overrides);
        return all;
    }
}
