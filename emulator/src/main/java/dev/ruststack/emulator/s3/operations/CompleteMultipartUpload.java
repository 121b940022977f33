package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.Payload;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.aws.wire.HttpHeaderGroup;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpPayload;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.aws.wire.XmlFlattened;
import dev.ruststack.emulator.aws.wire.XmlName;
import dev.ruststack.emulator.s3.ChecksumAlgorithm;
import dev.ruststack.emulator.s3.S3Error;
import dev.ruststack.emulator.s3.WriteCondition;
import dev.ruststack.emulator.s3.store.Bucket;
import dev.ruststack.emulator.s3.store.ObjectVersion;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes an object of the parts of an upload, without touching their bytes. Completing once more what was completed gets
 * the same answer, as long as the object is there. AWS: S3 API Reference, CompleteMultipartUpload.
 */
@Http("POST /{Bucket}/{Key+}?uploadId")
public final class CompleteMultipartUpload
        implements Operation<CompleteMultipartUpload.Input, CompleteMultipartUpload.Output> {
    private final Access access;
    private final PartAssembler assembler;

    /** The request; its body is a {@link Parts}. The checksum headers are those of the object, not of the body. */
    public record Input(
            @HttpLabel String bucket,
            @HttpLabel String key,
            @HttpQuery("uploadId") String uploadId,
            @HttpHeader("If-Match") @Nullable String ifMatch,
            @HttpHeader("If-None-Match") @Nullable String ifNoneMatch,
            @HttpHeader("x-amz-checksum-type") @Nullable String checksumType,
            @HttpHeader("x-amz-mp-object-size") @Nullable Long mpuObjectSize,

            @HttpHeader("x-amz-expected-bucket-owner") @Nullable
            String expectedBucketOwner,

            @HttpHeaderGroup(CustomerKeyHeaders.PREFIX) @Nullable
            CustomerKeyHeaders customerKey,

            @HttpPayload Payload parts) {}

    /** The document of the request. */
    @XmlName("CompleteMultipartUpload")
    public record Parts(
            @XmlFlattened @XmlName("Part") @Nullable List<Part> parts) {}

    /** One of the parts to use. */
    public record Part(
            @Nullable Integer partNumber,
            @Nullable String eTag,
            @Nullable String checksumCRC32,
            @Nullable String checksumCRC32C,
            @Nullable String checksumCRC64NVME,
            @Nullable String checksumSHA1,
            @Nullable String checksumSHA256) {
        public Part {
            if (partNumber == null || eTag == null) {
                throw S3Error.MALFORMED_XML.error();
            }
        }

        int number() {
            return partNumber == null ? 0 : partNumber;
        }

        String tag() {
            return eTag == null ? "" : eTag;
        }

        /** The value by this algorithm; null where there is none. */
        @Nullable
        String checksum(ChecksumAlgorithm algorithm) {
            return switch (algorithm) {
                case CRC32 -> checksumCRC32;
                case CRC32C -> checksumCRC32C;
                case CRC64NVME -> checksumCRC64NVME;
                case SHA1 -> checksumSHA1;
                case SHA256 -> checksumSHA256;
            };
        }
    }

    /** The answer. */
    @XmlName("CompleteMultipartUploadResult")
    public record Output(
            String location,
            String bucket,
            String key,
            String eTag,
            @Nullable String checksumCRC32,
            @Nullable String checksumCRC32C,
            @Nullable String checksumCRC64NVME,
            @Nullable String checksumSHA1,
            @Nullable String checksumSHA256,
            String checksumType,
            @HttpHeaderGroup EncryptionAnswer encryption,
            @HttpHeader("x-amz-version-id") @Nullable String versionId,
            @HttpHeader("x-amz-expiration") @Nullable String expiration) {}

    public CompleteMultipartUpload(Access access, PartAssembler assembler) {
        this.access = access;
        this.assembler = assembler;
    }

    @Override
    public Output handle(Input input, Call call) throws IOException {
        var bucket = access.bucket(input.bucket(), input.key(), input.expectedBucketOwner(), call);
        var condition = WriteCondition.of(input.ifMatch(), input.ifNoneMatch());
        var document = RequestDocument.readPlain(call, Parts.class);
        var earlier = completed(bucket, input);
        if (earlier != null) {
            return answer(input, bucket, call, earlier);
        }
        var parts = document == null || document.parts() == null ? List.<Part>of() : document.parts();
        var wanted = new PartAssembler.Wanted(
                parts, ObjectDigest.of(call.request().headers()), input.checksumType(), input.mpuObjectSize());
        try {
            var version = complete(input, bucket, condition, wanted);
            access.notifications().created(bucket, input.key(), version, call);
            return answer(input, bucket, call, version);
        } catch (AwsException e) {
            // Another call may have completed it since it was looked for.
            var meanwhile = e.code() == S3Error.NO_SUCH_UPLOAD ? completed(bucket, input) : null;
            if (meanwhile == null) {
                throw e;
            }
            return answer(input, bucket, call, meanwhile);
        }
    }

    private ObjectVersion complete(Input input, Bucket bucket, WriteCondition condition, PartAssembler.Wanted wanted) {
        var upload = bucket.uploads().require(input.key(), input.uploadId());
        ObjectEncryption.checkCompletion(upload.start(), input.customerKey());
        var attachments = upload.start().attachmentsOrNone();
        return assembler.assemble(new ObjectWriter.Target(bucket, input.key(), condition, attachments), upload, wanted);
    }

    private static @Nullable ObjectVersion completed(Bucket bucket, Input input) {
        var history = bucket.history(input.key());
        if (history == null) {
            return null;
        }
        for (var version : history.versions()) {
            var assembly = version instanceof ObjectVersion object ? object.assembly() : null;
            if (assembly != null && assembly.uploadId().equals(input.uploadId())) {
                return (ObjectVersion) version;
            }
        }
        return null;
    }

    private static Output answer(Input input, Bucket bucket, Call call, ObjectVersion version) {
        var checksum = version.checksum();
        return new Output(
                location(call),
                input.bucket(),
                input.key(),
                version.etag().quoted(),
                checksum.valueOf(ChecksumAlgorithm.CRC32),
                checksum.valueOf(ChecksumAlgorithm.CRC32C),
                checksum.valueOf(ChecksumAlgorithm.CRC64NVME),
                checksum.valueOf(ChecksumAlgorithm.SHA1),
                checksum.valueOf(ChecksumAlgorithm.SHA256),
                checksum.type().name(),
                EncryptionAnswer.of(version.attachments()),
                VersionFinder.told(version),
                LifecycleRules.header(bucket, input.key(), version));
    }

    /** Where the client can reach the object: as it reached the upload. */
    private static String location(Call call) {
        var request = call.request();
        var host = request.headers().first("Host");
        return (request.secure() ? "https://" : "http://") + (host == null ? "localhost" : host) + request.rawPath();
    }
}
