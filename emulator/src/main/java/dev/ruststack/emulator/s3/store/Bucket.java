package dev.ruststack.emulator.s3.store;

import dev.ruststack.emulator.journal.Journaled;
import dev.ruststack.emulator.s3.S3Error;
import dev.ruststack.emulator.s3.Versioning;
import dev.ruststack.emulator.s3.configuration.VersioningConfiguration;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A bucket and its objects, sorted by the UTF-8 bytes of their keys as S3 lists them. Safe for use by several threads:
 * a key changes atomically, and keys do not wait for one another. Where changes are kept, each is handed to the journal
 * before it is made.
 */
public final class Bucket {
    private final String name;
    private final String ownerAccountId;
    private final String region;
    private final Instant created;
    private final Keys keys = new Keys();
    private final KeyChanges changes;
    private final Uploads uploads = new Uploads();
    private final Configurations configurations;

    /** Shared by changes of keys; exclusive for the moment in which an empty bucket is closed. */
    private final ReentrantReadWriteLock lifetime = new ReentrantReadWriteLock();

    private volatile boolean closed;

    /** Where changes are noted first; null where they need not outlive the process. */
    private final @Nullable ChangeLog log;

    Bucket(String name, BucketRecord.Made made, KeyLocks locks, @Nullable ChangeLog log) {
        this.name = name;
        this.ownerAccountId = made.ownerAccountId();
        this.region = made.region();
        this.created = made.created();
        this.log = log;
        this.changes = new KeyChanges(this, keys, locks, log);
        this.configurations = new Configurations(this, log);
    }

    public String name() {
        return name;
    }

    public String ownerAccountId() {
        return ownerAccountId;
    }

    public String region() {
        return region;
    }

    public Instant created() {
        return created;
    }

    /** The ARN. AWS: Service Authorization Reference, Amazon S3. */
    public String arn() {
        return "arn:aws:s3:::" + name;
    }

    /** What the bucket is configured with. */
    public Configurations configurations() {
        return configurations;
    }

    /** What becomes of older versions. */
    public Versioning versioning() {
        return changes.versioning();
    }

    /** Sets what becomes of older versions; no key changes meanwhile. */
    public void changeVersioning(Configurations.Change<VersioningConfiguration> change) {
        lifetime.writeLock().lock();
        try {
            configurations.change(VersioningConfiguration.KIND, "", change);
            followVersioning();
        } finally {
            lifetime.writeLock().unlock();
        }
    }

    private void followVersioning() {
        changes.follow(configurations.get(VersioningConfiguration.KIND));
    }

    /** The current version of an object, or null. */
    public @Nullable ObjectVersion find(String key) {
        var history = keys.find(key);
        return history == null ? null : history.object();
    }

    /** Every version of a key; null where it has none. */
    public @Nullable History history(String key) {
        return keys.find(key);
    }

    /** Throws where a key is to stay as it is; the current version may be a delete marker, which counts as none. */
    @FunctionalInterface
    public interface Check {
        void accept(@Nullable ObjectVersion current);
    }

    /**
     * A version that was made.
     *
     * @param version as it stands in the bucket, with its id
     * @param replaced what was there before, if it does not stay: its blob is the caller's to release
     */
    public record Put(ObjectVersion version, @Nullable ObjectVersion replaced) {}

    /** Makes a version the current one. Where that cannot be kept it is not done, and an exception says so. */
    public Put put(String key, ObjectVersion version, Check check) {
        return whileOpen(() -> changes.put(key, version, check));
    }

    /**
     * What a deletion did.
     *
     * @param marker the delete marker that was made, or removed; null where there is none
     * @param freed the object that is gone for good, if any: its blob is the caller's to release
     */
    public record Deletion(
            @Nullable DeleteMarker marker, @Nullable ObjectVersion freed) {}

    /** Deletes a key: where versions are kept it gets a delete marker. */
    public Deletion delete(String key, Instant now, Check check) {
        return whileOpen(() -> changes.delete(key, now, check));
    }

    /** Removes one version, if it is there. */
    public Deletion deleteVersion(String key, String versionId, Consumer<Version> check) {
        return whileOpen(() -> changes.deleteVersion(key, versionId, check));
    }

    /**
     * Changes what is attached to one version, which stays where it is.
     *
     * @param choice gives the version; throws where it is not there
     * @param change throws where it is to stay as it is
     */
    public ObjectVersion amend(
            String key,
            Function<@Nullable History, ObjectVersion> choice,
            Function<ObjectVersion, Attachments> change) {
        return whileOpen(() -> changes.amend(key, choice, change));
    }

    /** The multipart uploads that are under way. */
    public Uploads uploads() {
        return uploads;
    }

    /** Begins a multipart upload. */
    public MultipartUpload begin(MultipartUpload.Start start) {
        return whileOpen(() -> {
            if (log != null) {
                log.began(this, start);
            }
            var upload = new MultipartUpload(start);
            uploads.add(upload);
            return upload;
        });
    }

    /**
     * Puts a part into an upload; as {@link MultipartUpload#put}.
     *
     * @return the part that it replaces, whose blob is the caller's to release
     */
    public MultipartUpload.@Nullable Part put(MultipartUpload upload, MultipartUpload.Part part) {
        Runnable note = log == null ? () -> {} : () -> log.put(this, upload.start(), part);
        return whileOpen(() -> upload.put(part, note));
    }

    /**
     * An upload that has ended with an object.
     *
     * @param freed what is not needed any more, for the caller to release
     */
    public record Completed(ObjectVersion version, List<Blob> freed) {}

    /**
     * Ends an upload with the object that is made of its parts; where that throws, both stay as they are.
     *
     * @param check throws where the current version is not to be replaced
     * @param making makes the object of the parts by their numbers
     */
    public Completed complete(
            MultipartUpload upload,
            Check check,
            Function<SortedMap<Integer, MultipartUpload.Part>, ObjectVersion> making) {
        return whileOpen(() -> {
            var puts = new ArrayList<Put>(1);
            var unused = upload.complete(parts -> {
                var put = put(upload.start().key(), making.apply(parts), check);
                puts.add(put);
                return put.version();
            });
            uploads.remove(upload);
            var put = puts.getLast();
            var freed = new ArrayList<Blob>();
            if (put.replaced() != null) {
                freed.add(put.replaced().blob());
            }
            unused.forEach(part -> freed.add(part.blob()));
            return new Completed(put.version(), freed);
        });
    }

    /** Ends an upload; its parts are the caller's to release. */
    public List<MultipartUpload.Part> abort(MultipartUpload upload) {
        Runnable note = log == null ? () -> {} : () -> log.aborted(this, upload.start());
        return whileOpen(() -> {
            var parts = upload.abort(note);
            uploads.remove(upload);
            return parts;
        });
    }

    /** Does something that is not to meet the bucket's end. Taken before the lock of an upload, never while it is held. */
    <T extends @Nullable Object> T whileOpen(Supplier<T> action) {
        lifetime.readLock().lock();
        try {
            if (closed) {
                throw S3Error.NO_SUCH_BUCKET.with("BucketName", name);
            }
            return action.get();
        } finally {
            lifetime.readLock().unlock();
        }
    }

    /** Makes a change that was noted by a process before this one. */
    void replay(BucketRecord change) throws IOException {
        switch (change.op()) {
            case BucketRecord.BEGAN, BucketRecord.PART, BucketRecord.ABORTED -> replayUpload(change);
            case BucketRecord.CONFIGURED -> {
                if (change.configured() != null) {
                    configurations.replay(change.configured());
                    followVersioning();
                }
            }
            default -> {
                if (change.key() != null) {
                    changes.replay(change.key(), change);
                    endUploadOf(change.key());
                }
            }
        }
    }

    /** The upload that the current version was made of is over. */
    private void endUploadOf(String key) {
        var object = find(key);
        var assembly = object == null ? null : object.assembly();
        var upload = assembly == null ? null : uploads.find(key, assembly.uploadId());
        if (upload != null) {
            uploads.remove(upload);
        }
    }

    private void replayUpload(BucketRecord change) {
        var start = change.upload();
        if (start != null) {
            uploads.add(new MultipartUpload(start));
            return;
        }
        var upload = uploads.find(String.valueOf(change.key()), String.valueOf(change.uploadId()));
        var part = change.part();
        if (upload == null) {
            return; // A note that comes after a state from which the upload had gone already.
        }
        if (part == null) {
            uploads.remove(upload);
        } else {
            upload.put(part.restored(), () -> {});
        }
    }

    /** A page of the objects; its cost depends on its length, not on the number of objects. */
    public Listing list(ListingRequest request) {
        return keys.list(request);
    }

    /** A page of the versions; its cost depends on its length, and on how many versions its first key has. */
    public VersionListing list(VersionListing.Request request) {
        return keys.list(request);
    }

    /** Whether there are no objects, older versions and delete markers included. */
    public boolean isEmpty() {
        return keys.isEmpty();
    }

    /** Whether the bucket is gone: it may still be found for a moment, but takes nothing any more. */
    boolean isClosed() {
        return closed;
    }

    /** Closes the bucket for ever; false where it still has objects. */
    boolean close() {
        lifetime.writeLock().lock();
        try {
            if (!closed && keys.isEmpty()) {
                end();
            }
            return closed;
        } finally {
            lifetime.writeLock().unlock();
        }
    }

    /** Closes the bucket for ever and hands over what was in it, for the caller to release. */
    List<Blob> drain() {
        var blobs = new ArrayList<Blob>();
        lifetime.writeLock().lock();
        try {
            if (!closed) {
                end();
                changes.objects().forEach(version -> blobs.add(version.blob()));
            }
        } finally {
            lifetime.writeLock().unlock();
        }
        for (var upload : uploads.all()) {
            upload.end().forEach(part -> blobs.add(part.blob()));
        }
        return blobs;
    }

    private void end() {
        if (log != null) {
            log.dropped(this);
        }
        closed = true;
    }

    /** Returns once no change is under way that was noted before. */
    void settle() {
        lifetime.writeLock().lock();
        try {
            // Whoever held it has made what was noted.
        } finally {
            lifetime.writeLock().unlock();
        }
    }

    /** Gives the bucket, its uploads and its objects as records. */
    void write(Journaled.Sink sink) throws IOException {
        if (closed) {
            return;
        }
        sink.accept(BucketRecord.made(this).json());
        for (var configured : configurations.records()) {
            sink.accept(BucketRecord.configured(this, configured).json());
        }
        // Before the objects: one that was just made of an upload ends it.
        for (var upload : uploads.all()) {
            sink.accept(BucketRecord.began(this, upload.start()).json());
            for (var part : upload.parts().values()) {
                sink.accept(BucketRecord.part(this, upload.start(), part).json());
            }
        }
        changes.write(sink);
    }

    /** The numbers of the files that the objects, and the parts of uploads, are in. */
    LongStream files() {
        return LongStream.concat(
                changes.objects().flatMapToLong(version -> version.blob().files()),
                uploads.all().stream()
                        .flatMapToLong(upload -> upload.parts().values().stream()
                                .flatMapToLong(part -> part.blob().files())));
    }

    /** Forgets versions that are in these files, given in order, and gives their keys. */
    List<String> forgetThoseIn(long[] files) {
        return whileOpen(() -> changes.forgetThoseIn(files));
    }

    /** Forgets uploads that have parts in these files, given in order, and gives their keys. */
    List<String> abortThoseIn(long[] files) {
        var keys = new ArrayList<String>();
        for (var upload : uploads.all()) {
            if (upload.parts().values().stream().anyMatch(part -> part.blob().isIn(files))) {
                abort(upload);
                keys.add(upload.start().key());
            }
        }
        return keys;
    }
}
