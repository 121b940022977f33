package dev.ruststack.emulator.s3.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ruststack.emulator.s3.Checksum;
import dev.ruststack.emulator.s3.ETag;
import dev.ruststack.emulator.s3.Versioning;
import dev.ruststack.emulator.s3.configuration.ConfigurationKind;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
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
 * @param upload what belongs to {@link #BEGAN}
 * @param part what belongs to {@link #PART}
 * @param uploadId the upload of {@link #PART} and {@link #ABORTED}
 * @param configured what belongs to {@link #CONFIGURED}
 * @param versioned what belongs to {@link #MARKED}, {@link #AMENDED} and, where a key has versions, {@link #REMOVED}
 */
record BucketRecord(
        String op,
        String bucket,
        @Nullable String key,
        @Nullable Made made,
        @Nullable StoredVersion version,
        MultipartUpload.@Nullable Start upload,
        @Nullable Part part,
        @Nullable String uploadId,
        @Nullable Configured configured,
        @Nullable Versioned versioned) {
    static final String MADE = "made";
    static final String DROPPED = "dropped";
    static final String PUT = "put";
    static final String REMOVED = "removed";
    static final String MARKED = "marked";
    static final String AMENDED = "amended";
    static final String BEGAN = "began";
    static final String PART = "part";
    static final String ABORTED = "aborted";
    static final String CONFIGURED = "configured";

    private static final Set<String> OPERATIONS =
            Set.of(MADE, DROPPED, PUT, REMOVED, MARKED, AMENDED, BEGAN, PART, ABORTED, CONFIGURED);

    private static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(all -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final ObjectWriter WRITER = JSON.writerFor(BucketRecord.class);
    private static final ObjectReader READER = JSON.readerFor(BucketRecord.class);

    /** A bucket. */
    record Made(String ownerAccountId, String region, Instant created) {}

    /** A file of the blob store. */
    record File(long number, long size) {
        static List<File> of(Blob blob) {
            return switch (blob) {
                case Blob.InMemory memory -> List.of();
                case Blob.InFile(var number, var size) -> List.of(new File(number, size));
                case Blob.InParts whole ->
                    whole.parts().stream().flatMap(part -> of(part).stream()).toList();
            };
        }

        static Blob blob(List<File> files, boolean inParts) {
            if (files.isEmpty()) {
                return new Blob.InMemory(new byte[0]);
            }
            var blobs = files.stream()
                    .<Blob>map(file -> new Blob.InFile(file.number, file.size))
                    .toList();
            return inParts ? new Blob.InParts(blobs) : blobs.getFirst();
        }
    }

    /**
     * A version.
     *
     * @param files none where there are no bytes
     * @param attachments null where there are none
     */
    record StoredVersion(
            List<File> files,
            String etag,
            Checksum checksum,
            Instant lastModified,
            ObjectMetadata metadata,
            @Nullable Assembly assembly,
            @Nullable Attachments attachments) {
        static StoredVersion of(ObjectVersion version) {
            return new StoredVersion(
                    File.of(version.blob()),
                    version.etag().value(),
                    version.checksum(),
                    version.lastModified(),
                    version.metadata(),
                    version.assembly(),
                    version.attachments().equals(Attachments.NONE) ? null : version.attachments());
        }

        ObjectVersion restored() {
            var bytes = File.blob(files, assembly != null);
            return new ObjectVersion(
                    bytes,
                    new ETag(etag),
                    checksum,
                    lastModified,
                    metadata,
                    assembly,
                    attachments == null ? Attachments.NONE : attachments);
        }
    }

    /** A part of an upload. */
    record Part(int number, List<File> files, String etag, Checksum checksum, Instant lastModified) {
        static Part of(MultipartUpload.Part part) {
            return new Part(
                    part.number(), File.of(part.blob()), part.etag().value(), part.checksum(), part.lastModified());
        }

        MultipartUpload.Part restored() {
            return new MultipartUpload.Part(number, File.blob(files, false), new ETag(etag), checksum, lastModified);
        }
    }

    /**
     * A configuration of the bucket.
     *
     * @param kind the name of its kind
     * @param id empty where the kind has only one
     * @param document null where it is removed
     */
    record Configured(String kind, String id, @Nullable JsonNode document) {
        static Configured of(ConfigurationKind<?> kind, String id, @Nullable Record document) {
            return of(kind.name(), id, document);
        }

        static Configured of(String kind, String id, @Nullable Record document) {
            return new Configured(kind, id, document == null ? null : JSON.valueToTree(document));
        }

        <T extends Record> @Nullable T restored(ConfigurationKind<T> kindOf) throws IOException {
            try {
                return document == null ? null : JSON.treeToValue(document, kindOf.type());
            } catch (JacksonException e) {
                throw new IOException("a configuration that this version of RustStack does not know: " + kind, e);
            }
        }
    }

    /**
     * What is to be known of a version beside the object.
     *
     * @param marked when a delete marker was made
     */
    record Versioned(
            String versionId,
            @Nullable Instant marked,
            @Nullable Attachments attachments) {}

    static BucketRecord made(Bucket bucket) {
        var made = new Made(bucket.ownerAccountId(), bucket.region(), bucket.created());
        return new BucketRecord(MADE, bucket.name(), null, made, null, null, null, null, null, null);
    }

    static BucketRecord dropped(Bucket bucket) {
        return new BucketRecord(DROPPED, bucket.name(), null, null, null, null, null, null, null, null);
    }

    static BucketRecord put(Bucket bucket, String key, ObjectVersion version) {
        return new BucketRecord(PUT, bucket.name(), key, null, StoredVersion.of(version), null, null, null, null, null);
    }

    static BucketRecord marked(Bucket bucket, String key, DeleteMarker marker) {
        return of(MARKED, bucket, key, new Versioned(marker.id(), marker.lastModified(), null));
    }

    static BucketRecord removed(Bucket bucket, String key, String versionId) {
        boolean whole = bucket.versioning() == Versioning.UNVERSIONED;
        return of(REMOVED, bucket, key, whole ? null : new Versioned(versionId, null, null));
    }

    static BucketRecord amended(Bucket bucket, String key, Attachments attachments) {
        return of(AMENDED, bucket, key, new Versioned(attachments.versionId(), null, attachments));
    }

    /** A version as part of the whole state. */
    static BucketRecord of(Bucket bucket, String key, Version version) {
        return switch (version) {
            case ObjectVersion object -> put(bucket, key, object);
            case DeleteMarker marker -> marked(bucket, key, marker);
        };
    }

    private static BucketRecord of(String op, Bucket bucket, String key, @Nullable Versioned versioned) {
        return new BucketRecord(op, bucket.name(), key, null, null, null, null, null, null, versioned);
    }

    static BucketRecord began(Bucket bucket, MultipartUpload.Start start) {
        return new BucketRecord(BEGAN, bucket.name(), start.key(), null, null, start, null, null, null, null);
    }

    static BucketRecord part(Bucket bucket, MultipartUpload.Start start, MultipartUpload.Part part) {
        return new BucketRecord(
                PART, bucket.name(), start.key(), null, null, null, Part.of(part), start.uploadId(), null, null);
    }

    static BucketRecord aborted(Bucket bucket, MultipartUpload.Start start) {
        return new BucketRecord(
                ABORTED, bucket.name(), start.key(), null, null, null, null, start.uploadId(), null, null);
    }

    static BucketRecord configured(Bucket bucket, Configured change) {
        return new BucketRecord(CONFIGURED, bucket.name(), null, null, null, null, null, null, change, null);
    }

    ObjectVersion restoredVersion() throws IOException {
        return due(version).restored();
    }

    DeleteMarker restoredMarker() throws IOException {
        var noted = due(versioned);
        return new DeleteMarker(noted.versionId, due(noted.marked));
    }

    Attachments restoredAttachments() throws IOException {
        return due(due(versioned).attachments);
    }

    private <T> T due(@Nullable T part) throws IOException {
        if (part == null) {
            throw new IOException("a record of S3 that is not whole: " + this);
        }
        return part;
    }

    /** The numbers of the files that it names. */
    LongStream files() {
        var named = version != null ? version.files : part != null ? part.files : List.<File>of();
        return named.stream().mapToLong(File::number);
    }

    byte[] json() {
        return WRITER.writeValueAsBytes(this);
    }

    static BucketRecord parse(byte[] json) throws IOException {
        try {
            BucketRecord record = READER.readValue(json);
            if (!OPERATIONS.contains(record.op)) {
                throw new IOException("this version of RustStack does not know " + record.op);
            }
            return record;
        } catch (JacksonException e) {
            throw new IOException("a record of S3 that this version of RustStack does not know", e);
        }
    }
}
