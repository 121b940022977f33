package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.s3.S3Error;
import dev.ruststack.emulator.s3.StorageClass;
import dev.ruststack.emulator.s3.configuration.LifecycleConfiguration;
import dev.ruststack.emulator.s3.configuration.LifecycleRule;
import dev.ruststack.emulator.s3.store.BlobStore;
import dev.ruststack.emulator.s3.store.Bucket;
import dev.ruststack.emulator.s3.store.Buckets;
import dev.ruststack.emulator.s3.store.DeleteMarker;
import dev.ruststack.emulator.s3.store.History;
import dev.ruststack.emulator.s3.store.ObjectVersion;
import dev.ruststack.emulator.s3.store.Version;
import dev.ruststack.emulator.s3.store.VersionListing;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what the lifecycle rules of buckets ask for: moves objects to other storage classes, expires objects, older
 * versions and lone delete markers, and aborts stale uploads. Only buckets that have rules are looked at. AWS: S3 User
 * Guide, Managing the lifecycle of objects.
 */
public final class LifecycleSweep {
    private static final Logger LOG = LoggerFactory.getLogger(LifecycleSweep.class);
    private static final int PAGE = 1000;

    private final Buckets buckets;
    private final BlobStore blobs;
    private final Notifications notifications;
    private final Clock clock;

    public LifecycleSweep(Buckets buckets, BlobStore blobs, Notifications notifications, Clock clock) {
        this.buckets = buckets;
        this.blobs = blobs;
        this.notifications = notifications;
        this.clock = clock;
    }

    /** Goes through every bucket once; what changes meanwhile is left for the next time. */
    public void run() {
        var now = clock.instant();
        for (var bucket : buckets.all()) {
            var configuration = bucket.configurations().get(LifecycleConfiguration.KIND);
            if (configuration == null) {
                continue;
            }
            try {
                sweep(bucket, configuration, now);
            } catch (AwsException e) {
                LOG.info("The lifecycle of {} has to wait: {}", bucket.name(), e.getMessage());
            }
        }
    }

    private static List<LifecycleRule> rules(LifecycleConfiguration configuration) {
        return configuration.rules().stream().filter(LifecycleRule::enabled).toList();
    }

    private void sweep(Bucket bucket, LifecycleConfiguration configuration, Instant now) {
        var rules = rules(configuration);
        var transitions = new LifecycleTransitions(configuration, now);
        var key = "";
        String versionId = null;
        while (true) {
            var page = bucket.list(new VersionListing.Request("", "", key, versionId, PAGE));
            for (var entry : page.versions()) {
                var history = entry.latest() ? bucket.history(entry.key()) : null;
                if (history != null) {
                    rules.forEach(rule -> apply(rule, bucket, entry.key(), history, now));
                    move(transitions, bucket, entry.key());
                }
            }
            if (!page.truncated()) {
                break;
            }
            key = page.nextKey();
            versionId = page.nextVersionId();
        }
        rules.forEach(rule -> abort(rule, bucket, now));
    }

    private void apply(LifecycleRule rule, Bucket bucket, String key, History history, Instant now) {
        if (!LifecycleRules.isAboutKey(rule, key)) {
            return;
        }
        try {
            switch (history.current()) {
                case ObjectVersion object -> expire(rule, bucket, key, object, now);
                case DeleteMarker marker -> {
                    if (history.versions().size() == 1 && isSpent(rule, marker, now)) {
                        tell(bucket, key, bucket.deleteVersion(key, marker.id(), same -> {}));
                    }
                }
            }
            expireOlder(rule, bucket, key, history.versions(), now);
        } catch (AwsException e) {
            LOG.info("The lifecycle of {}/{} has to wait: {}", bucket.name(), key, e.getMessage());
        }
    }

    /** Moves what is left of a key. */
    private void move(LifecycleTransitions transitions, Bucket bucket, String key) {
        var history = bucket.history(key);
        for (int i = 0; history != null && i < history.versions().size(); i++) {
            var due = transitions.due(key, history, i);
            if (due != null && history.versions().get(i) instanceof ObjectVersion object) {
                move(bucket, key, object, due);
            }
        }
    }

    private void move(Bucket bucket, String key, ObjectVersion object, StorageClass storageClass) {
        try {
            var moved = bucket.amend(
                    key,
                    history -> {
                        requireSame(
                                history != null && history.find(object.id()) instanceof ObjectVersion same
                                        ? same
                                        : null,
                                object);
                        return object;
                    },
                    version -> version.attachments().withMovedTo(storageClass));
            notifications.moved(bucket, key, moved);
        } catch (AwsException e) {
            LOG.info("The lifecycle of {}/{} has to wait: {}", bucket.name(), key, e.getMessage());
        }
    }

    private void expire(LifecycleRule rule, Bucket bucket, String key, ObjectVersion object, Instant now) {
        var due = LifecycleRules.expires(rule, object.lastModified());
        if (due != null && !now.isBefore(due) && LifecycleRules.isAbout(rule, key, object)) {
            tell(bucket, key, bucket.delete(key, now, current -> requireSame(current, object)));
        }
    }

    /** Not deleted is what came since it was looked at. */
    private static void requireSame(@Nullable ObjectVersion current, ObjectVersion due) {
        if (!due.equals(current)) {
            throw S3Error.OPERATION_ABORTED.error();
        }
    }

    /** Whether a delete marker that hides nothing any more goes. */
    private static boolean isSpent(LifecycleRule rule, DeleteMarker marker, Instant now) {
        var expiration = rule.expiration();
        if (expiration == null || LifecycleRules.asksForMore(rule)) {
            return false;
        }
        var due = LifecycleRules.expires(rule, marker.lastModified());
        return Boolean.TRUE.equals(expiration.expiredObjectDeleteMarker()) || due != null && !now.isBefore(due);
    }

    private void expireOlder(LifecycleRule rule, Bucket bucket, String key, List<Version> versions, Instant now) {
        var expiration = rule.noncurrentVersionExpiration();
        if (expiration == null || expiration.noncurrentDays() == null) {
            return;
        }
        int kept = expiration.newerNoncurrentVersions() == null ? 0 : expiration.newerNoncurrentVersions();
        for (int i = kept + 1; i < versions.size(); i++) {
            var version = versions.get(i);
            var since = versions.get(i - 1).lastModified();
            boolean due = !now.isBefore(LifecycleRules.due(since, expiration.noncurrentDays()));
            boolean meant = version instanceof ObjectVersion object
                    ? LifecycleRules.isAbout(rule, key, object) && mayGo(object, now)
                    : !LifecycleRules.asksForMore(rule);
            if (due && meant) {
                tell(bucket, key, bucket.deleteVersion(key, version.id(), same -> {}));
            }
        }
    }

    private static boolean mayGo(ObjectVersion object, Instant now) {
        try {
            ObjectLock.checkRemoval(object.attachments(), false, now);
            return true;
        } catch (AwsException e) {
            return false;
        }
    }

    private void abort(LifecycleRule rule, Bucket bucket, Instant now) {
        if (rule.abortIncompleteMultipartUpload() == null) {
            return;
        }
        for (var upload : List.copyOf(bucket.uploads().after("", ""))) {
            var start = upload.start();
            var due = LifecycleRules.aborts(rule, start.initiated());
            if (due != null && !now.isBefore(due) && LifecycleRules.isAboutKey(rule, start.key())) {
                bucket.abort(upload).forEach(part -> blobs.release(part.blob()));
            }
        }
    }

    private void tell(Bucket bucket, String key, Bucket.Deletion deletion) {
        if (deletion.freed() != null) {
            blobs.release(deletion.freed().blob());
        }
        notifications.expired(bucket, key, deletion);
    }
}
