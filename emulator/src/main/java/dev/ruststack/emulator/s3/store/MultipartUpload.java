package dev.ruststack.emulator.s3.store;

import dev.ruststack.emulator.s3.Checksum;
import dev.ruststack.emulator.s3.ChecksumAlgorithm;
import dev.ruststack.emulator.s3.ETag;
import dev.ruststack.emulator.s3.S3Error;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An object that comes in parts. Parts are put and replaced side by side until the upload is completed or aborted, once
 * and for all. AWS: S3 User Guide, Multipart upload process.
 */
public final class MultipartUpload {
    private final Start start;
    private final ConcurrentSkipListMap<Integer, Part> parts = new ConcurrentSkipListMap<>();

    /** Held while parts change hands: none is put into an upload that has ended. */
    private final ReentrantLock lock = new ReentrantLock();

    private boolean ended;

    /**
     * How an upload began.
     *
     * @param algorithm what the client asked for; null for nothing
     * @param type what the object's checksum is computed over
     * @param attachments what is to belong to the object; null where it was begun by a program that knew none
     */
    public record Start(
            String uploadId,
            String key,
            Instant initiated,
            ObjectMetadata metadata,
            @Nullable ChecksumAlgorithm algorithm,
            Checksum.Type type,
            @Nullable Attachments attachments) {
        /** What is to belong to the object, but for what the bucket adds. */
        public Attachments attachmentsOrNone() {
            return attachments == null ? Attachments.NONE : attachments;
        }

        /** The algorithm of the object's checksum. */
        public ChecksumAlgorithm algorithmOrDefault() {
            return algorithm == null ? ChecksumAlgorithm.CRC64NVME : algorithm;
        }
    }

    /**
     * One part.
     *
     * @param etag the MD5 of its bytes
     * @param checksum by the upload's algorithm
     */
    public record Part(int number, Blob blob, ETag etag, Checksum checksum, Instant lastModified) {}

    MultipartUpload(Start start) {
        this.start = start;
    }

    public Start start() {
        return start;
    }

    /** The parts as they are now, by number. */
    public SortedMap<Integer, Part> parts() {
        return Collections.unmodifiableSortedMap(parts);
    }

    /** The parts with a greater number. */
    public Collection<Part> partsAfter(int number) {
        return Collections.unmodifiableCollection(parts.tailMap(number, false).values());
    }

    /**
     * Puts a part, in the place of an earlier one of its number, which is returned: its blob is the caller's to release.
     *
     * @param note writes down what is about to be done; where it throws, that is not done
     * @throws dev.ruststack.emulator.aws.AwsException {@link S3Error#NO_SUCH_UPLOAD} where the upload has ended; the
     *     part is the caller's then
     */
    @Nullable
    Part put(Part part, Runnable note) {
        lock.lock();
        try {
            requireOpen();
            note.run();
            return parts.put(part.number(), part);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends the upload with what is made of its parts; where that throws, the upload goes on.
     *
     * @param making gives the object, whose assembly names the parts that it used
     * @return the parts that were not used, for the caller to release
     */
    List<Part> complete(Function<SortedMap<Integer, Part>, ObjectVersion> making) {
        lock.lock();
        try {
            requireOpen();
            var assembly = making.apply(parts()).assembly();
            ended = true;
            var used = assembly == null ? Set.<Integer>of() : assembly.numbers();
            return parts.values().stream()
                    .filter(part -> !used.contains(part.number()))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the upload; all of its parts are the caller's to release. */
    List<Part> abort(Runnable note) {
        lock.lock();
        try {
            requireOpen();
            note.run();
            return end();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the upload, if it has not ended, and gives the parts that are the caller's to release then. */
    List<Part> end() {
        lock.lock();
        try {
            if (ended) {
                return List.of();
            }
            ended = true;
            return List.copyOf(parts.values());
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() {
        if (ended) {
            throw S3Error.NO_SUCH_UPLOAD.with("UploadId", start.uploadId);
        }
    }
}
