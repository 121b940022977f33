package dev.ruststack.emulator.s3.store;

import dev.ruststack.emulator.journal.Journaled;
import dev.ruststack.emulator.s3.Versioning;
import dev.ruststack.emulator.s3.configuration.VersioningConfiguration;
import dev.ruststack.emulator.s3.store.Bucket.Check;
import dev.ruststack.emulator.s3.store.Bucket.Deletion;
import dev.ruststack.emulator.s3.store.Bucket.Put;
import dev.ruststack.emulator.s3.store.Keys.Changed;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How the versions of a bucket's keys change: each key atomically, and where changes are kept, after they are noted. */
final class KeyChanges {
    private final Bucket bucket;
    private final Keys keys;
    private final KeyLocks locks;

    /** Null where changes need not outlive the process. */
    private final @Nullable ChangeLog log;

    private volatile Versioning versioning = Versioning.UNVERSIONED;

    KeyChanges(Bucket bucket, Keys keys, KeyLocks locks, @Nullable ChangeLog log) {
        this.bucket = bucket;
        this.keys = keys;
        this.locks = locks;
        this.log = log;
    }

    Versioning versioning() {
        return versioning;
    }

    /** Takes up what becomes of older versions. No key may change meanwhile. */
    void follow(@Nullable VersioningConfiguration configuration) {
        if (configuration != null) {
            keys.expectDeleteMarkers();
            versioning = configuration.versioning();
        }
    }

    /** Makes a version the current one. Where that cannot be kept it is not done, and an exception says so. */
    Put put(String key, ObjectVersion version, Check check) {
        return change(key, before -> {
            check.accept(before == null ? null : before.object());
            var made = version.with(version.attachments().withVersionId(newId()));
            if (log != null) {
                log.put(bucket, key, made);
            }
            return new Changed<>(History.with(before, made), new Put(made, replaced(before, made.id())));
        });
    }

    private String newId() {
        return versioning == Versioning.ENABLED ? VersionIds.next() : Version.NULL_ID;
    }

    /** Deletes a key: where versions are kept it gets a delete marker. */
    Deletion delete(String key, Instant now, Check check) {
        return change(key, before -> {
            check.accept(before == null ? null : before.object());
            if (versioning == Versioning.UNVERSIONED) {
                return without(key, before, Version.NULL_ID);
            }
            var marker = new DeleteMarker(newId(), now);
            if (log != null) {
                log.marked(bucket, key, marker);
            }
            return new Changed<>(History.with(before, marker), new Deletion(marker, replaced(before, marker.id())));
        });
    }

    /** Removes one version, if it is there. */
    Deletion deleteVersion(String key, String versionId, Consumer<Version> check) {
        return change(key, before -> {
            var version = before == null ? null : before.find(versionId);
            if (version != null) {
                check.accept(version);
            }
            return without(key, before, versionId);
        });
    }

    private Changed<Deletion> without(String key, @Nullable History before, String versionId) {
        var version = before == null ? null : before.find(versionId);
        if (version == null) {
            return new Changed<>(before, new Deletion(null, null));
        }
        if (log != null) {
            log.removed(bucket, key, versionId);
        }
        var deletion = switch (version) {
            case DeleteMarker marker -> new Deletion(marker, null);
            case ObjectVersion object -> new Deletion(null, object);
        };
        return new Changed<>(History.without(before, versionId), deletion);
    }

    private static @Nullable ObjectVersion replaced(@Nullable History before, String id) {
        return before != null && before.find(id) instanceof ObjectVersion object ? object : null;
    }

    /**
     * Changes what is attached to one version, which stays where it is.
     *
     * @param choice gives the version; throws where it is not there
     * @param change throws where it is to stay as it is
     */
    ObjectVersion amend(
            String key,
            Function<@Nullable History, ObjectVersion> choice,
            Function<ObjectVersion, Attachments> change) {
        return change(key, before -> {
            var version = choice.apply(before);
            var amended = version.with(change.apply(version));
            if (log != null) {
                log.amended(bucket, key, amended.attachments());
            }
            return new Changed<>(before == null ? amended : History.replacing(before, amended), amended);
        });
    }

    private <T> T change(String key, Function<@Nullable History, Changed<T>> change) {
        var lock = locks.of(bucket, key);
        lock.lock();
        try {
            return keys.change(key, change);
        } finally {
            lock.unlock();
        }
    }

    /** Makes a change of a key that was noted by a process before this one. */
    void replay(String key, BucketRecord change) throws IOException {
        var before = keys.find(key);
        var noted = change.versioned();
        var id = noted == null ? Version.NULL_ID : noted.versionId();
        switch (change.op()) {
            case BucketRecord.PUT -> keys.set(key, History.with(before, change.restoredVersion()));
            case BucketRecord.MARKED -> keys.set(key, History.with(before, change.restoredMarker()));
            // Without an id: the whole key, in a bucket that has no versions.
            case BucketRecord.REMOVED -> keys.set(key, noted == null ? null : History.without(before, id));
            case BucketRecord.AMENDED -> {
                var attachments = change.restoredAttachments();
                if (before != null && before.find(attachments.versionId()) instanceof ObjectVersion version) {
                    keys.set(key, History.replacing(before, version.with(attachments)));
                }
            }
            default -> throw new IOException("this version of RustStack does not know " + change.op());
        }
    }

    /** Gives every version as a record, the oldest of a key first. */
    void write(Journaled.Sink sink) throws IOException {
        for (var entry : keys.entries()) {
            var key = Rollup.text(entry.getKey());
            for (var version : entry.getValue().versions().reversed()) {
                sink.accept(BucketRecord.of(bucket, key, version).json());
            }
        }
    }

    /** Every version that is an object. */
    Stream<ObjectVersion> objects() {
        return keys.entries().stream()
                .flatMap(entry -> entry.getValue().versions().stream())
                .filter(ObjectVersion.class::isInstance)
                .map(ObjectVersion.class::cast);
    }

    /** Forgets versions that are in these files, given in order, and gives their keys. */
    List<String> forgetThoseIn(long[] files) {
        var forgotten = new ArrayList<String>();
        for (var entry : keys.entries()) {
            var key = Rollup.text(entry.getKey());
            for (var version : entry.getValue().versions()) {
                if (version instanceof ObjectVersion object && object.blob().isIn(files)) {
                    deleteVersion(key, object.id(), same -> {});
                    forgotten.add(key);
                }
            }
        }
        return forgotten;
    }
}
