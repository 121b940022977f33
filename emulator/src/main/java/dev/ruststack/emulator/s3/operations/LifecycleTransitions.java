package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.s3.StorageClass;
import dev.ruststack.emulator.s3.configuration.LifecycleConfiguration;
import dev.ruststack.emulator.s3.configuration.LifecycleRule;
import dev.ruststack.emulator.s3.store.History;
import dev.ruststack.emulator.s3.store.ObjectVersion;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which storage class a version is to be in by now. Of several that are due the coldest is meant, and no version gets
 * warmer. AWS: S3 User Guide, Transitioning objects using Amazon S3 Lifecycle.
 */
record LifecycleTransitions(LifecycleConfiguration configuration, Instant now) {
    /** Smaller objects stay where they are, unless a rule has a size of its own. */
    private static final long LEAST_BYTES = 128 << 10;

    /**
     * The class that a version is to move to; null where it stays.
     *
     * @param index its place in the history, 0 for the current version
     */
    @Nullable
    StorageClass due(String key, History history, int index) {
        if (!(history.versions().get(index) instanceof ObjectVersion object)) {
            return null;
        }
        return configuration.rules().stream()
                .filter(rule -> rule.enabled() && LifecycleRules.isAbout(rule, key, object))
                .flatMap(rule -> (index == 0 ? ofCurrent(rule, object) : ofOlder(rule, history, index))
                        .map(StorageClass::valueOf)
                        .filter(storageClass -> isLargeEnough(rule, object, storageClass)))
                .filter(storageClass -> storageClass.compareTo(object.storageClass()) > 0)
                .max(StorageClass::compareTo)
                .orElse(null);
    }

    private Stream<String> ofCurrent(LifecycleRule rule, ObjectVersion object) {
        return rule.transitions().stream()
                .filter(transition -> isPast(
                        transition.days() == null
                                ? transition.date()
                                : LifecycleRules.due(object.lastModified(), transition.days())))
                .map(transition -> String.valueOf(transition.storageClass()));
    }

    private Stream<String> ofOlder(LifecycleRule rule, History history, int index) {
        var since = history.versions().get(index - 1).lastModified();
        return rule.noncurrentVersionTransitions().stream()
                .filter(transition -> transition.noncurrentDays() != null
                        && index
                                > (transition.newerNoncurrentVersions() == null
                                        ? 0
                                        : transition.newerNoncurrentVersions())
                        && isPast(LifecycleRules.due(since, transition.noncurrentDays())))
                .map(transition -> String.valueOf(transition.storageClass()));
    }

    private boolean isPast(@Nullable Instant due) {
        return due != null && !now.isBefore(due);
    }

    private boolean isLargeEnough(LifecycleRule rule, ObjectVersion object, StorageClass storageClass) {
        boolean anySize = LifecycleRules.hasSize(rule)
                || storageClass.archived()
                        && "varies_by_storage_class".equals(configuration.transitionDefaultMinimumObjectSize());
        return anySize || object.size() >= LEAST_BYTES;
    }
}
