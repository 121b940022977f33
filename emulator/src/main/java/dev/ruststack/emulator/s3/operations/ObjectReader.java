package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.s3.ByteRange;
import dev.ruststack.emulator.s3.Preconditions.Outcome;
import dev.ruststack.emulator.s3.S3Error;
import dev.ruststack.emulator.s3.store.BlobStore;
import dev.ruststack.emulator.s3.store.Bucket;
import dev.ruststack.emulator.s3.store.ObjectVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Reads objects: what GetObject and HeadObject have in common. */
public final class ObjectReader {
    private final Access access;
    private final BlobStore blobs;
    private final Clock clock;

    public ObjectReader(Access access, BlobStore blobs, Clock clock) {
        this.access = access;
        this.blobs = blobs;
        this.clock = clock;
    }

    ReadOutput read(ReadInput input, Call call, boolean withBody) throws IOException {
        var bucket = access.bucket(input.bucket(), input.key(), input.expectedBucketOwner(), call);
        EncryptionHeaders.refuse(call.request().headers());
        checkOverrides(input, call);
        var finder = VersionFinder.of(input.key(), input.versionId(), call);
        while (true) {
            var version = finder.read(bucket);
            ObjectEncryption.checkRead(version, input.customerKey(), call);
            if (withBody) {
                VersionFinder.requireReadable(version);
            }
            try {
                return answer(input, told(input, bucket, version), version, withBody);
            } catch (NoSuchFileException e) {
                failUnlessReplaced(bucket, finder, version, e);
            }
        }
    }

    /** Opens an object for the emulator itself, whoever may read it; one with a customer's key cannot be. */
    public InputStream open(String bucketName, String key, @Nullable String versionId) throws IOException {
        var version = new VersionFinder(key, versionId, "GET").read(access.bucketOf(bucketName, null));
        ObjectEncryption.checkKey(version, null);
        VersionFinder.requireReadable(version);
        return blobs.read(version.blob());
    }

    private static void checkOverrides(ReadInput input, Call call) {
        if (!input.overridesHeaders()) {
            return;
        }
        if (call.identity().anonymous()) {
            throw S3Error.INVALID_REQUEST.saying(
                    "Request specific response headers cannot be used for anonymous GET requests.");
        }
        input.checkOverrides();
    }

    /** A version that was replaced between the look-up and the opening of its file is no error: the next one is due. */
    @SuppressWarnings("ReferenceEquality") // The very version is asked for, not an equal one.
    static void failUnlessReplaced(Bucket bucket, VersionFinder finder, ObjectVersion version, IOException e)
            throws IOException {
        if (finder.read(bucket) == version) {
            throw e;
        }
    }

    private static ReadOutput.Told told(ReadInput input, Bucket bucket, ObjectVersion version) {
        var expiration = input.versionId() == null ? LifecycleRules.header(bucket, input.key(), version) : null;
        return new ReadOutput.Told(VersionFinder.told(bucket, version), expiration);
    }

    private ReadOutput answer(ReadInput input, ReadOutput.Told told, ObjectVersion version, boolean withBody)
            throws IOException {
        var outcome = input.preconditions().check(version.etag(), version.lastModified(), clock.instant());
        if (outcome == Outcome.NOT_MODIFIED) {
            return ReadOutput.notModified(told, version);
        }
        var range = input.partNumber() == null
                ? ByteRange.parse(input.range(), version.size())
                : part(input.partNumber(), input.range(), version);
        return ReadOutput.of(input, told, version, range, withBody ? body(version, range) : null);
    }

    private Body body(ObjectVersion version, @Nullable ByteRange range) throws IOException {
        return range == null
                ? blobs.body(version.blob(), 0, version.size())
                : blobs.body(version.blob(), range.first(), range.length());
    }

    /** The bytes of a part; an object that was uploaded whole is its own first and only part. */
    private static @Nullable ByteRange part(int number, @Nullable String range, ObjectVersion version) {
        if (range != null) {
            throw S3Error.INVALID_REQUEST.saying("Cannot specify both Range header and partNumber query parameter");
        }
        PartNumber.checked(number);
        var assembly = version.assembly();
        int count = assembly == null ? 1 : assembly.parts().size();
        if (number > count) {
            throw S3Error.INVALID_PART_NUMBER
                    .with("ActualPartCount", Integer.toString(count))
                    .with("PartNumberRequested", Integer.toString(number));
        }
        long first = assembly == null ? 0 : assembly.offset(number);
        long length = assembly == null
                ? version.size()
                : assembly.parts().get(number - 1).size();
        return length == 0 ? null : new ByteRange(first, length, version.size());
    }
}
