package dev.ruststack.emulator.s3.store;

import dev.ruststack.emulator.journal.Journal;
import dev.ruststack.emulator.journal.Journaled;
import dev.ruststack.emulator.s3.S3Error;
import dev.ruststack.emulator.s3.Versioning;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Buckets that outlive the process: every change is in a journal before it is made, and the journal is replayed at the
 * start. It refers to the files of the {@link BlobStore} by their numbers, and holds no bytes of objects.
 */
public final class KeptBuckets implements ChangeLog, Journaled, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeptBuckets.class);

    private final Buckets buckets;
    private final Path directory;
    private final ReentrantLock making = new ReentrantLock();

    private @Nullable Journal journal;

    /** The greatest number that a file ever had, as far as the journal tells. */
    private long lastNumber;

    private KeptBuckets(Buckets buckets, Path directory) {
        this.buckets = buckets;
        this.directory = directory;
    }

    /**
     * Brings back the buckets of the process before, and keeps every change from now on. Files of no object are removed;
     * an object whose file is gone goes too, which the log tells.
     *
     * @param buckets empty ones
     * @param directory a directory of the journal's own
     */
    public static KeptBuckets open(Buckets buckets, BlobStore blobs, Path directory) throws IOException {
        var kept = new KeptBuckets(buckets, directory);
        buckets.keep(kept);
        kept.journal = Journal.open(directory, kept);
        try {
            kept.match(blobs);
            return kept;
        } catch (IOException | RuntimeException e) {
            kept.close();
            throw e;
        }
    }

    private void match(BlobStore blobs) throws IOException {
        var missing = blobs.keepOnly(numbers(), lastNumber);
        if (missing.length == 0) {
            return;
        }
        for (var bucket : buckets.all()) {
            for (var key : bucket.forgetThoseIn(missing)) {
                LOG.error("The file of {}/{} is gone from {}: the object is lost", bucket.name(), key, directory);
            }
            for (var key : bucket.abortThoseIn(missing)) {
                LOG.error("A part of an upload of {}/{} is gone from {}: it is aborted", bucket.name(), key, directory);
            }
        }
    }

    /** The files of all objects, in order. */
    private long[] numbers() {
        var numbers = buckets.all().stream().flatMapToLong(Bucket::files).toArray();
        Arrays.sort(numbers);
        return numbers;
    }

    @Override
    public void made(Bucket bucket) {
        append(BucketRecord.made(bucket), false);
    }

    @Override
    public void dropped(Bucket bucket) {
        append(BucketRecord.dropped(bucket), true);
    }

    @Override
    public void put(Bucket bucket, String key, ObjectVersion version) {
        append(BucketRecord.put(bucket, key, version), false);
    }

    @Override
    public void began(Bucket bucket, MultipartUpload.Start start) {
        append(BucketRecord.began(bucket, start), false);
    }

    @Override
    public void put(Bucket bucket, MultipartUpload.Start start, MultipartUpload.Part part) {
        append(BucketRecord.part(bucket, start, part), false);
    }

    @Override
    public void aborted(Bucket bucket, MultipartUpload.Start start) {
        append(BucketRecord.aborted(bucket, start), true);
    }

    @Override
    public void marked(Bucket bucket, String key, DeleteMarker marker) {
        // In place of the null version, which goes.
        append(BucketRecord.marked(bucket, key, marker), bucket.versioning() == Versioning.SUSPENDED);
    }

    @Override
    public void removed(Bucket bucket, String key, String versionId) {
        append(BucketRecord.removed(bucket, key, versionId), true);
    }

    @Override
    public void amended(Bucket bucket, String key, Attachments attachments) {
        append(BucketRecord.amended(bucket, key, attachments), false);
    }

    @Override
    public void configured(Bucket bucket, BucketRecord.Configured change) {
        append(BucketRecord.configured(bucket, change), change.document() == null);
    }

    private void append(BucketRecord change, boolean freeing) {
        var open = journal;
        if (open == null) {
            throw new IllegalStateException("not open");
        }
        try {
            if (freeing) {
                open.appendFreeing(change.json());
            } else {
                open.append(change.json());
            }
        } catch (IOException e) {
            LOG.error("The data directory {} cannot take a change: free some space", directory, e);
            throw S3Error.SERVICE_UNAVAILABLE.saying(
                    "RustStack cannot keep the change: free space in its data directory and try again.");
        }
    }

    @Override
    public ReentrantLock lock() {
        return making;
    }

    @Override
    public void replay(byte[] json) throws IOException {
        var change = BucketRecord.parse(json);
        lastNumber = Math.max(lastNumber, change.files().max().orElse(0));
        buckets.replay(change);
    }

    @Override
    public void settle() {
        making.lock();
        try {
            // Whoever held it has made what was noted.
        } finally {
            making.unlock();
        }
        buckets.all().forEach(Bucket::settle);
    }

    @Override
    public void write(Sink sink) throws IOException {
        for (var bucket : buckets.all()) {
            bucket.write(sink);
        }
    }

    @Override
    public void close() throws IOException {
        if (journal != null) {
            journal.close();
        }
    }
}
