package dev.ruststack.operator.reconcile;

import dev.ruststack.operator.seed.Reference;
import dev.ruststack.operator.seed.References;
import dev.ruststack.operator.seed.SeedBundle;
import dev.ruststack.operator.seed.SeedResult;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ConfigMaps and Secrets that a stack's seed is made of, and the bundle made of them. */
final class Content {
    /** How often what is missing is looked for. */
    private static final Duration RECHECK = Duration.ofSeconds(3);

    /** How often what is there is read again, when something else gives cause to look. */
    private static final Duration AGE = Duration.ofMinutes(4);

    private final Cluster cluster;

    Content(Cluster cluster) {
        this.cluster = cluster;
    }

    /** The bundle for now; null where it is too large, which is a finding. What is missing is one, too. */
    @Nullable
    SeedBundle bundle(Round round) {
        var memory = round.memory;
        if (memory.seed == null
                || memory.contentChanged
                || !memory.missingReferences.isEmpty()
                || memory.contentChecked.plus(AGE).isBefore(round.now)) {
            read(round);
        }
        if (!memory.missingReferences.isEmpty()) {
            round.found(Finding.passing(Finding.INVALID_REFERENCE, String.join("; ", memory.missingReferences)));
            round.lookAgainIn(RECHECK);
        }
        return switch (memory.seed) {
            case SeedBundle bundle -> bundle;
            case SeedResult.TooLarge tooLarge -> {
                round.found(Finding.passing("SeedTooLarge", tooLarge.message()));
                yield null;
            }
            case null -> null;
        };
    }

    private void read(Round round) {
        var memory = round.memory;
        memory.contentChanged = false;
        var references = References.of(round.stack.spec());
        var content = new HashMap<Reference.Target, Map<String, byte[]>>();
        for (var target : references.targets()) {
            var data = data(round.stack.namespace(), target);
            if (data != null) {
                content.put(target, data);
            }
        }
        var missing = new ArrayList<String>();
        references.missing(content).forEach(reference -> missing.add(describe(reference, content)));
        memory.missingReferences = missing;
        memory.seed = SeedBundle.of(round.stack.name(), round.stack.spec(), content);
        memory.contentChecked = round.now;
    }

    private static String describe(Reference reference, Map<Reference.Target, Map<String, byte[]>> content) {
        return reference.fieldPath() + ": the " + reference.target()
                + (content.containsKey(reference.target()) ? " has no key " + reference.key() : " does not exist");
    }

    private @Nullable Map<String, byte[]> data(String namespace, Reference.Target target) {
        return switch (target.kind()) {
            case CONFIG_MAP -> {
                var found = cluster.configMap(namespace, target.name());
                yield found == null ? null : data(found);
            }
            case SECRET -> {
                var found = cluster.secret(namespace, target.name());
                yield found == null ? null : data(found);
            }
        };
    }

    private static Map<String, byte[]> data(ConfigMap map) {
        var data = new HashMap<String, byte[]>();
        if (map.getData() != null) {
            map.getData().forEach((key, text) -> data.put(key, text.getBytes(StandardCharsets.UTF_8)));
        }
        if (map.getBinaryData() != null) {
            map.getBinaryData()
                    .forEach((key, text) -> data.put(key, Base64.getDecoder().decode(text)));
        }
        return data;
    }

    private static Map<String, byte[]> data(Secret secret) {
        var data = new HashMap<String, byte[]>();
        if (secret.getData() != null) {
            secret.getData()
                    .forEach((key, text) -> data.put(key, Base64.getDecoder().decode(text)));
        }
        return data;
    }
}
