package dev.ruststack.emulator.s3.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ruststack.emulator.s3.Checksum;
import dev.ruststack.emulator.s3.ETag;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * One change of what S3 keeps, as it stands in the journal. What is added later gets fields or an {@code op} of its own;
 * a program that does not know one refuses the journal instead of leaving something out.
 *
 * @param op one of the constants
 * @param key null where the whole bucket is meant
 * @param made what belongs to {@link #MADE}
 * @param version what belongs to {@link #PUT}
 */
record BucketRecord(
        String op,
        String bucket,
        @Nullable String key,
        @Nullable Made made,
        @Nullable Version version) {
    static final String MADE = "made";
    static final String DROPPED = "dropped";
    static final String PUT = "put";
    static final String REMOVED = "removed";

    private static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(all -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final ObjectWriter WRITER = JSON.writerFor(BucketRecord.class);
    private static final ObjectReader READER = JSON.readerFor(BucketRecord.class);

    /** A bucket. */
    record Made(String ownerAccountId, String region, Instant created) {}

    /**
     * A version.
     *
     * @param blob the number of its file; null where there are no bytes
     */
    record Version(
            @Nullable Long blob,
            long size,
            String etag,
            Checksum checksum,
            Instant lastModified,
            ObjectMetadata metadata) {
        static Version of(ObjectVersion version) {
            var number = version.blob() instanceof Blob.InFile file ? Long.valueOf(file.number()) : null;
            return new Version(
                    number,
                    version.size(),
                    version.etag().value(),
                    version.checksum(),
                    version.lastModified(),
                    version.metadata());
        }

        ObjectVersion restored() {
            var bytes = blob == null ? new Blob.InMemory(new byte[0]) : new Blob.InFile(blob, size);
            return new ObjectVersion(bytes, new ETag(etag), checksum, lastModified, metadata);
        }
    }

    static BucketRecord made(Bucket bucket) {
        var made = new Made(bucket.ownerAccountId(), bucket.region(), bucket.created());
        return new BucketRecord(MADE, bucket.name(), null, made, null);
    }

    static BucketRecord dropped(Bucket bucket) {
        return new BucketRecord(DROPPED, bucket.name(), null, null, null);
    }

    static BucketRecord put(Bucket bucket, String key, ObjectVersion version) {
        return new BucketRecord(PUT, bucket.name(), key, null, Version.of(version));
    }

    static BucketRecord removed(Bucket bucket, String key) {
        return new BucketRecord(REMOVED, bucket.name(), key, null, null);
    }

    byte[] json() {
        return WRITER.writeValueAsBytes(this);
    }

    static BucketRecord parse(byte[] json) throws IOException {
        try {
            return READER.readValue(json);
        } catch (JacksonException e) {
            throw new IOException("a record of S3 that this version of RustStack does not know", e);
        }
    }
}
