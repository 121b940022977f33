package dev.ruststack.emulator.s3.store;

import dev.ruststack.emulator.journal.Journaled;
import dev.ruststack.emulator.s3.S3Error;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
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
    private final ConcurrentSkipListMap<byte[], ObjectVersion> objects =
            new ConcurrentSkipListMap<>(Arrays::compareUnsigned);
    private final Uploads uploads = new Uploads();
    private final Configurations configurations;

    /** Shared by changes of keys; exclusive for the moment in which an empty bucket is closed. */
    private final ReentrantReadWriteLock lifetime = new ReentrantReadWriteLock();

    private volatile boolean closed;

    /** Where changes are noted first; null where they need not outlive the process. */
    private final @Nullable ChangeLog log;

    Bucket(String name, BucketRecord.Made made, @Nullable ChangeLog log) {
        this.name = name;
        this.ownerAccountId = made.ownerAccountId();
        this.region = made.region();
        this.created = made.created();
        this.log = log;
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

    /** The current version of an object, or null. */
    public @Nullable ObjectVersion find(String key) {
        return objects.get(bytes(key));
    }

    /** The current version of an object; throws {@link S3Error#NO_SUCH_KEY}. */
    public ObjectVersion require(String key) {
        var version = find(key);
        if (version == null) {
            throw S3Error.NO_SUCH_KEY.with("Key", key);
        }
        return version;
    }

    /** Decides what comes after what is there; either may be null for nothing. */
    @FunctionalInterface
    public interface Change {
        /** May be called several times, so it must do nothing but decide; an exception leaves the key as it is. */
        @Nullable
        ObjectVersion apply(@Nullable ObjectVersion current);
    }

    /**
     * Changes one key atomically. Where the change cannot be kept it is not made, and an exception says so.
     *
     * @return what was there before; its blob is the caller's to release
     */
    public @Nullable ObjectVersion change(String key, Change change) {
        return whileOpen(() -> log == null ? swap(key, change) : swapNoted(key, change, log));
    }

    private @Nullable ObjectVersion swap(String key, Change change) {
        var before = new AtomicReference<@Nullable ObjectVersion>();
        objects.compute(bytes(key), (same, current) -> {
            before.set(current);
            return change.apply(current);
        });
        return before.get();
    }

    private @Nullable ObjectVersion swapNoted(String key, Change change, ChangeLog notes) {
        var lock = notes.lock(this, key);
        lock.lock();
        try {
            var current = find(key);
            var next = change.apply(current);
            if (next != null) {
                notes.put(this, key, next);
            } else if (current != null) {
                notes.removed(this, key);
            }
            restore(key, next);
            return current;
        } finally {
            lock.unlock();
        }
    }

    /** Sets a key, or removes it, without a note; the upload that a version was made of is over. */
    void restore(String key, @Nullable ObjectVersion version) {
        if (version == null) {
            objects.remove(bytes(key));
            return;
        }
        objects.put(bytes(key), version);
        var assembly = version.assembly();
        var upload = assembly == null ? null : uploads.find(key, assembly.uploadId());
        if (upload != null) {
            uploads.remove(upload);
        }
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
     * Ends an upload with the object that is made of its parts; where that throws, both stay as they are.
     *
     * @param check throws where the current version, or null, is not to be replaced
     * @param making makes the object of the parts by their numbers
     * @return what is not needed any more, for the caller to release
     */
    public List<Blob> complete(
            MultipartUpload upload,
            Consumer<@Nullable ObjectVersion> check,
            Function<SortedMap<Integer, MultipartUpload.Part>, ObjectVersion> making) {
        return whileOpen(() -> {
            var freed = new ArrayList<Blob>();
            var unused = upload.complete(parts -> {
                var version = making.apply(parts);
                var before = change(upload.start().key(), current -> {
                    check.accept(current);
                    return version;
                });
                if (before != null) {
                    freed.add(before.blob());
                }
                return version;
            });
            uploads.remove(upload);
            unused.forEach(part -> freed.add(part.blob()));
            return freed;
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

    /** Makes a change of an upload that was noted by a process before this one. */
    void replay(BucketRecord change) {
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
        return Listing.of(objects, request);
    }

    /** Whether there are no objects. */
    public boolean isEmpty() {
        return objects.isEmpty();
    }

    /** Whether the bucket is gone: it may still be found for a moment, but takes nothing any more. */
    boolean isClosed() {
        return closed;
    }

    /** Closes the bucket for ever; false where it still has objects. */
    boolean close() {
        lifetime.writeLock().lock();
        try {
            if (!closed && objects.isEmpty()) {
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
                objects.values().forEach(version -> blobs.add(version.blob()));
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
        for (var entry : objects.entrySet()) {
            sink.accept(BucketRecord.put(this, text(entry.getKey()), entry.getValue())
                    .json());
        }
    }

    /** The numbers of the files that the objects, and the parts of uploads, are in. */
    LongStream files() {
        return LongStream.concat(
                objects.values().stream()
                        .flatMapToLong(version -> version.blob().files()),
                uploads.all().stream()
                        .flatMapToLong(upload -> upload.parts().values().stream()
                                .flatMapToLong(part -> part.blob().files())));
    }

    /** The keys whose objects are in these files, given in order. */
    List<String> keysOf(long[] files) {
        return objects.entrySet().stream()
                .filter(entry -> isIn(entry.getValue().blob(), files))
                .map(entry -> text(entry.getKey()))
                .toList();
    }

    /** Forgets uploads that have parts in these files, given in order, and gives their keys. */
    List<String> abortThoseIn(long[] files) {
        var keys = new ArrayList<String>();
        for (var upload : uploads.all()) {
            if (upload.parts().values().stream().anyMatch(part -> isIn(part.blob(), files))) {
                abort(upload);
                keys.add(upload.start().key());
            }
        }
        return keys;
    }

    private static boolean isIn(Blob blob, long[] files) {
        return blob.files().anyMatch(number -> Arrays.binarySearch(files, number) >= 0);
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
