package dev.ruststack.operator.desired;

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
    /** AWS's own images: Lambda Developer Guide, Container images, AWS base images. */
    private static final Map<String, String> OF_AWS = ofAws();

    public Images {
        runtimes = Collections.unmodifiableMap(new TreeMap<>(runtimes));
    }

    /** AWS's image of every runtime, with those given in their place. */
    static Map<String, String> runtimes(Map<String, String> overrides) {
        var all = new TreeMap<>(OF_AWS);
        all.putAll(overrides);
        return all;
    }

    private static Map<String, String> ofAws() {
        var images = new TreeMap<String, String>();
        put(images, "python", "", "3.9", "3.10", "3.11", "3.12", "3.13", "3.14", "3.15");
        put(images, "nodejs", ".x", "18", "20", "22", "24", "26");
        put(images, "java", "", "8.al2", "8.al2023", "11", "11.al2023", "17", "17.al2023", "21", "25");
        put(images, "dotnet", "", "8", "10");
        put(images, "ruby", "", "3.2", "3.3", "3.4", "4.0");
        images.put("provided.al2", "public.ecr.aws/lambda/provided:al2");
        images.put("provided.al2023", "public.ecr.aws/lambda/provided:al2023");
        return images;
    }

    private static void put(Map<String, String> images, String language, String suffix, String... versions) {
        for (var version : versions) {
            images.put(language + version + suffix, "public.ecr.aws/lambda/" + language + ":" + version);
        }
    }
}
