package dev.ruststack.operator.reconcile;

import dev.ruststack.operator.seed.Reference;
import dev.ruststack.operator.seed.SeedWriter;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One reading of what a seed is made of: hands the content on, and remembers what was there. */
final class ContentReading implements SeedWriter.Source {
    private final Cluster cluster;
    private final String namespace;
    private final Map<Reference.Target, String> versions = new HashMap<>();
    private final Map<Reference.Target, Set<String>> keys = new HashMap<>();

    ContentReading(Cluster cluster, String namespace) {
        this.cluster = cluster;
        this.namespace = namespace;
    }

    @Override
    public @Nullable SortedMap<String, byte[]> read(Reference.Target target, SeedWriter.Keys wanted) {
        return switch (target.kind()) {
            case CONFIG_MAP -> read(target, cluster.configMap(namespace, target.name()), wanted);
            case SECRET -> read(target, cluster.secret(namespace, target.name()), wanted);
        };
    }

    /** Version of everything that was asked for; empty for what is not there. */
    Map<Reference.Target, String> versions() {
        return Map.copyOf(versions);
    }

    /** Of everything that is there, its keys. */
    Map<Reference.Target, Set<String>> keys() {
        return keys;
    }

    private @Nullable SortedMap<String, byte[]> read(
            Reference.Target target, @Nullable ConfigMap map, SeedWriter.Keys wanted) {
        if (map == null) {
            versions.put(target, "");
            return null;
        }
        versions.put(target, map.getMetadata().getResourceVersion());
        var data = new TreeMap<String, byte[]>();
        orEmpty(map.getData()).forEach((key, text) -> {
            if (isWanted(target, key, wanted)) {
                data.put(key, text.getBytes(StandardCharsets.UTF_8));
            }
        });
        decode(target, map.getBinaryData(), wanted, data);
        return data;
    }

    private @Nullable SortedMap<String, byte[]> read(
            Reference.Target target, @Nullable Secret secret, SeedWriter.Keys wanted) {
        if (secret == null) {
            versions.put(target, "");
            return null;
        }
        versions.put(target, secret.getMetadata().getResourceVersion());
        var data = new TreeMap<String, byte[]>();
        decode(target, secret.getData(), wanted, data);
        return data;
    }

    private void decode(
            Reference.Target target,
            @Nullable Map<String, String> encoded,
            SeedWriter.Keys wanted,
            SortedMap<String, byte[]> data) {
        orEmpty(encoded).forEach((key, text) -> {
            if (isWanted(target, key, wanted)) {
                data.put(key, Base64.getDecoder().decode(text));
            }
        });
        keys.computeIfAbsent(target, absent -> new HashSet<>());
    }

    private boolean isWanted(Reference.Target target, String key, SeedWriter.Keys wanted) {
        keys.computeIfAbsent(target, absent -> new HashSet<>()).add(key);
        return wanted.has(key);
    }

    private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
        return map == null ? Map.of() : map;
    }
}
