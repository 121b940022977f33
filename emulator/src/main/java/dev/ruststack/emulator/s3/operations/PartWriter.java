package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Payload;
import dev.ruststack.emulator.s3.Checksum;
import dev.ruststack.emulator.s3.ChecksumAlgorithm;
import dev.ruststack.emulator.s3.DeclaredDigests;
import dev.ruststack.emulator.s3.S3Error;
import dev.ruststack.emulator.s3.store.BlobStore;
import dev.ruststack.emulator.s3.store.Bucket;
import dev.ruststack.emulator.s3.store.MultipartUpload;
import dev.ruststack.emulator.s3.store.MultipartUpload.Part;
import dev.ruststack.emulator.s3.store.StoredBlob;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Puts parts into uploads: first the bytes, with no lock held, then the part in one step. */
public final class PartWriter {
    private final BlobStore blobs;
    private final Clock clock;

    public PartWriter(BlobStore blobs, Clock clock) {
        this.blobs = blobs;
        this.clock = clock;
    }

    /** The upload that a part is for. */
    record Target(Bucket bucket, MultipartUpload upload) {}

    /**
     * A part that was put.
     *
     * @param declared its checksum by the algorithm that the client vouched with, else by the upload's
     */
    record Written(Part part, Checksum declared) {}

    /** Takes in a payload as a part. */
    Written write(Target target, int number, Payload payload, DeclaredDigests declared) throws IOException {
        requireAlgorithm(target.upload.start(), declared.algorithm());
        var own = target.upload.start().algorithmOrDefault();
        var stored = blobs.store(payload.stream(), own, declared.algorithm());
        var vouched = declared.algorithm() == null ? own : declared.algorithm();
        return keep(target, number, stored, () -> {
            ObjectWriter.requireWhole(payload.length(), stored.blob().size());
            declared.verify(stored.md5(), stored.checksum(vouched), payload.trailers());
            return stored.checksum(vouched);
        });
    }

    /** Takes in a part from bytes of the store. */
    Written copy(Target target, int number, InputStream content) throws IOException {
        var own = target.upload.start().algorithmOrDefault();
        var stored = blobs.store(content, own);
        return keep(target, number, stored, stored::checksum);
    }

    /** Verifies what was stored; throws where it is not to be kept. */
    private interface Verified {
        Checksum check();
    }

    private Written keep(Target target, int number, StoredBlob stored, Verified verified) {
        boolean kept = false;
        try {
            var declared = verified.check();
            var own = stored.checksum(target.upload.start().algorithmOrDefault());
            var tag = ObjectEncryption.tag(target.upload.start().attachmentsOrNone(), stored.md5());
            var part = new Part(number, stored.blob(), tag, own, clock.instant());
            var before = target.bucket.put(target.upload, part);
            kept = true;
            if (before != null) {
                blobs.release(before.blob());
            }
            return new Written(part, declared);
        } finally {
            if (!kept) {
                blobs.release(stored.blob());
            }
        }
    }

    /** An upload that was begun with an algorithm takes parts of that one only, and where it is composite no others. */
    private static void requireAlgorithm(MultipartUpload.Start start, @Nullable ChecksumAlgorithm sent) {
        var due = start.algorithm();
        boolean optional = sent == null && start.type() == Checksum.Type.FULL_OBJECT;
        if (due != null && due != sent && !optional) {
            throw S3Error.INVALID_REQUEST.saying("Checksum Type mismatch occurred, expected checksum Type: " + name(due)
                    + ", actual checksum Type: " + name(sent));
        }
    }

    private static String name(@Nullable ChecksumAlgorithm algorithm) {
        return algorithm == null ? "null" : algorithm.name().toLowerCase(Locale.ROOT);
    }
}
