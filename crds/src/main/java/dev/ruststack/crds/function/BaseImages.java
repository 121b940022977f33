package dev.ruststack.crds.function;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** AWS's own image of every runtime. AWS: Lambda Developer Guide, Container images, AWS base images. */
public final class BaseImages {
    private static final SortedMap<String, String> BY_RUNTIME = Collections.unmodifiableSortedMap(byName());

    private BaseImages() {}

    /** Image by Lambda's identifier of the runtime. */
    public static SortedMap<String, String> byRuntime() {
        return BY_RUNTIME;
    }

    private static SortedMap<String, String> byName() {
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

    private static void put(SortedMap<String, String> images, String language, String suffix, String... versions) {
        for (var version : versions) {
            images.put(language + version + suffix, "public.ecr.aws/lambda/" + language + ":" + version);
        }
    }
}
