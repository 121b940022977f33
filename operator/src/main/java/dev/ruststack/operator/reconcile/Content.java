package dev.ruststack.operator.reconcile;

import dev.ruststack.operator.desired.Stack;
import dev.ruststack.operator.seed.Reference;
import dev.ruststack.operator.seed.References;
import dev.ruststack.operator.seed.SeedBundle;
import dev.ruststack.operator.seed.SeedFile;
import dev.ruststack.operator.seed.SeedResult;
import dev.ruststack.operator.seed.SeedWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The bundle of a stack's seed. What is remembered of it is what it is called and how large it is; its bytes are made
 * from the ConfigMaps and Secrets of the stack when they are needed, and gone when the round ends.
 */
final class Content {
    /** How often what is missing is looked for. */
    private static final Duration RECHECK = Duration.ofSeconds(3);

    /** How often what is there is looked at again, when something else gives cause to look. */
    private static final Duration AGE = Duration.ofMinutes(4);

    /** Bundles whose bytes exist at a time: this many times the largest bundle has to fit into the temporary folder. */
    private static final int AT_ONCE = 2;

    private final Semaphore places = new Semaphore(AT_ONCE, true);
    private final Cluster cluster;

    Content(Cluster cluster) {
        this.cluster = cluster;
    }

    /** The bundle for now; null where it is too large, which is a finding. What is missing is one, too. */
    @Nullable
    SeedBundle bundle(Round round) {
        if (isNews(round)) {
            write(round);
        }
        var memory = round.memory;
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

    /** The bytes of a bundle; null where they have changed since, which another round will see. */
    @Nullable
    SeedFile file(Round round, SeedBundle seed) {
        if (round.seedFile() == null) {
            write(round);
        }
        var file = round.seedFile();
        if (file != null && file.bundle().equals(seed)) {
            return file;
        }
        round.lookAgainIn(Duration.ZERO);
        return null;
    }

    private boolean isNews(Round round) {
        var memory = round.memory;
        if (memory.seed == null || memory.contentChanged) {
            return true;
        }
        if (memory.missingReferences.isEmpty()
                && memory.contentChecked.plus(AGE).isAfter(round.now)) {
            return false;
        }
        var versions = new HashMap<Reference.Target, String>();
        for (var target : memory.contentVersions.keySet()) {
            versions.put(target, version(round.stack, target));
        }
        memory.contentChecked = round.now;
        return !versions.equals(memory.contentVersions);
    }

    private String version(Stack stack, Reference.Target target) {
        var metadata = switch (target.kind()) {
            case CONFIG_MAP -> cluster.configMapMetadata(stack.namespace(), target.name());
            case SECRET -> cluster.secretMetadata(stack.namespace(), target.name());
        };
        return metadata == null ? "" : metadata.getResourceVersion();
    }

    private void write(Round round) {
        var memory = round.memory;
        memory.contentChanged = false;
        var references = References.of(round.stack.spec());
        // Before anything is read: what changes meanwhile is news.
        memory.contentVersions = unread(references);
        var reading = new ContentReading(cluster, round.stack.namespace());
        round.close();
        places.acquireUninterruptibly();
        var isKept = false;
        try {
            switch (SeedWriter.write(round.stack.name(), round.stack.spec(), reading)) {
                case SeedWriter.Whole(var file) -> {
                    round.keep(file, places::release);
                    isKept = true;
                    memory.seed = file.bundle();
                }
                case SeedWriter.Refused(var tooLarge) -> memory.seed = tooLarge;
            }
        } catch (RuntimeException | Error e) {
            memory.contentChanged = true;
            throw e;
        } finally {
            if (!isKept) {
                places.release();
            }
        }
        var missing = new ArrayList<String>();
        references.missing(reading.keys()).forEach(reference -> missing.add(describe(reference, reading.keys())));
        memory.missingReferences = missing;
        memory.contentVersions = reading.versions();
        memory.contentChecked = round.now;
    }

    private static Map<Reference.Target, String> unread(References references) {
        var versions = new HashMap<Reference.Target, String>();
        references.targets().forEach(target -> versions.put(target, ""));
        return Map.copyOf(versions);
    }

    private static String describe(Reference reference, Map<Reference.Target, Set<String>> present) {
        return reference.fieldPath() + ": the " + reference.target()
                + (present.containsKey(reference.target()) ? " has no key " + reference.key() : " does not exist");
    }
}
