package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.s3.Checksum;
import dev.ruststack.emulator.s3.ETag;
import dev.ruststack.emulator.s3.S3Error;
import dev.ruststack.emulator.s3.store.Assembly;
import dev.ruststack.emulator.s3.store.Blob;
import dev.ruststack.emulator.s3.store.BlobStore;
import dev.ruststack.emulator.s3.store.MultipartUpload;
import dev.ruststack.emulator.s3.store.MultipartUpload.Part;
import dev.ruststack.emulator.s3.store.ObjectVersion;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes objects of parts. AWS: S3 User Guide, Uploading and copying objects using multipart upload. */
public final class PartAssembler {
    private static final long LEAST_BYTES = 5L << 20;

    private final BlobStore blobs;
    private final Clock clock;

    public PartAssembler(BlobStore blobs, Clock clock) {
        this.blobs = blobs;
        this.clock = clock;
    }

    /**
     * What the client wants made.
     *
     * @param digest the object's checksum, where the client knows it
     * @param type what it takes the checksum to be computed over
     * @param size the object's, where the client says so
     */
    record Wanted(
            List<CompleteMultipartUpload.Part> parts,
            @Nullable ObjectDigest digest,
            @Nullable String type,
            @Nullable Long size) {}

    /** Ends the upload with the object; where anything is wrong the upload goes on. */
    ObjectVersion assemble(ObjectWriter.Target target, MultipartUpload upload, Wanted wanted) {
        var completed = target.bucket()
                .complete(
                        upload,
                        current -> {
                            target.checkUnchangedSince(current, upload.start().initiated());
                            target.check(current);
                        },
                        parts -> version(target, upload.start(), chosen(upload.start(), parts, wanted), wanted));
        completed.freed().forEach(blobs::release);
        return completed.version();
    }

    private List<Part> chosen(MultipartUpload.Start start, Map<Integer, Part> parts, Wanted wanted) {
        if (wanted.parts.isEmpty()) {
            throw S3Error.INVALID_REQUEST.saying("You must specify at least one part");
        }
        var chosen = new ArrayList<Part>(wanted.parts.size());
        int last = 0;
        for (var each : wanted.parts) {
            int number = each.number();
            if (number <= last) {
                throw S3Error.INVALID_PART_ORDER.with("UploadId", start.uploadId());
            }
            last = number;
            chosen.add(chosen(start, parts.get(number), each));
        }
        requireLargeEnough(chosen);
        return chosen;
    }

    private static Part chosen(MultipartUpload.Start start, @Nullable Part part, CompleteMultipartUpload.Part wanted) {
        var tag = ETag.parse(wanted.tag());
        var algorithm = start.algorithmOrDefault();
        var checksum = wanted.checksum(algorithm);
        boolean composite = start.type() == Checksum.Type.COMPOSITE;
        if (composite && checksum == null) {
            throw S3Error.INVALID_REQUEST.saying("The upload was created using a "
                    + algorithm.name().toLowerCase(Locale.ROOT) + " checksum. The complete request must include the "
                    + "checksum for each part. It was missing for part " + wanted.number() + " in the request.");
        }
        boolean same = part != null
                && part.etag().equals(tag)
                && (checksum == null || part.checksum().value().equals(checksum));
        if (part == null || !same) {
            throw S3Error.INVALID_PART
                    .with("UploadId", start.uploadId())
                    .with("PartNumber", Integer.toString(wanted.number()))
                    .with("ETag", tag.value());
        }
        return part;
    }

    private static void requireLargeEnough(List<Part> parts) {
        for (var part : parts.subList(0, parts.size() - 1)) {
            if (part.blob().size() < LEAST_BYTES) {
                throw S3Error.ENTITY_TOO_SMALL
                        .with("ProposedSize", Long.toString(part.blob().size()))
                        .with("MinSizeAllowed", Long.toString(LEAST_BYTES))
                        .with("PartNumber", Integer.toString(part.number()))
                        .with("ETag", part.etag().value());
            }
        }
    }

    private ObjectVersion version(
            ObjectWriter.Target target, MultipartUpload.Start start, List<Part> parts, Wanted wanted) {
        var blob = new Blob.InParts(parts.stream().map(Part::blob).toList());
        if (wanted.size != null && wanted.size != blob.size()) {
            throw S3Error.INVALID_REQUEST.saying("The provided 'x-amz-mp-object-size' header value " + wanted.size
                    + " does not match what was computed: " + blob.size());
        }
        if (wanted.type != null && !wanted.type.equals(start.type().name())) {
            throw S3Error.INVALID_REQUEST.saying("The upload was created using the " + start.type()
                    + " checksum mode. The complete request must use the same checksum mode.");
        }
        var checksum = checksum(start, parts);
        if (wanted.digest != null) {
            wanted.digest.verify(checksum);
        }
        var now = clock.instant();
        return new ObjectVersion(
                blob,
                ETag.ofParts(parts.stream().map(Part::etag).toList()),
                checksum,
                now,
                start.metadata(),
                new Assembly(
                        start.uploadId(),
                        parts.stream()
                                .map(part -> new Assembly.Part(
                                        part.number(), part.blob().size(), part.checksum()))
                                .toList()),
                LockHeaders.addDefault(target.attachments(), target.bucket(), now));
    }

    private static Checksum checksum(MultipartUpload.Start start, List<Part> parts) {
        var checksums = parts.stream().map(Part::checksum).toList();
        return switch (start.type()) {
            case COMPOSITE -> Checksum.composite(start.algorithmOrDefault(), checksums);
            case FULL_OBJECT ->
                Checksum.joined(
                        start.algorithmOrDefault(),
                        checksums,
                        parts.stream().map(part -> part.blob().size()).collect(Collectors.toList()));
        };
    }
}
