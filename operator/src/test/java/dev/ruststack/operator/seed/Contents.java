package dev.ruststack.operator.seed;

import java.util.Map;
import java.util.TreeMap;

/** Content that is at hand. */
public final class Contents {
    private Contents() {}

    public static SeedWriter.Source of(Map<Reference.Target, Map<String, byte[]>> content) {
        return (target, keys) -> {
            var data = content.get(target);
            if (data == null) {
                return null;
            }
            var wanted = new TreeMap<>(data);
            wanted.keySet().removeIf(key -> !keys.has(key));
            return wanted;
        };
    }
}
