package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.aws.wire.XmlFlattened;
import dev.ruststack.emulator.aws.wire.XmlName;
import dev.ruststack.emulator.s3.Owner;
import dev.ruststack.emulator.s3.store.Bucket;
import dev.ruststack.emulator.s3.store.MultipartUpload;
import dev.ruststack.emulator.s3.store.UploadListing;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lists the uploads of a bucket that are under way, in pages. AWS: S3 API Reference, ListMultipartUploads. */
@Http("GET /{Bucket}?uploads")
public final class ListMultipartUploads implements Operation<ListMultipartUploads.Input, ListMultipartUploads.Output> {
    private final Access access;

    /** The request. */
    public record Input(
            @HttpLabel String bucket,
            @HttpQuery("delimiter") @Nullable String delimiter,
            @HttpQuery("encoding-type") @Nullable String encodingType,
            @HttpQuery("key-marker") @Nullable String keyMarker,
            @HttpQuery("max-uploads") @Nullable Integer maxUploads,
            @HttpQuery("prefix") @Nullable String prefix,
            @HttpQuery("upload-id-marker") @Nullable String uploadIdMarker,

            @HttpHeader("x-amz-expected-bucket-owner") @Nullable
            String expectedBucketOwner) {}

    /** The answer. */
    @XmlName("ListMultipartUploadsResult")
    public record Output(
            String bucket,
            String keyMarker,
            String uploadIdMarker,
            String nextKeyMarker,
            @Nullable String prefix,
            @Nullable String delimiter,
            String nextUploadIdMarker,
            int maxUploads,
            @Nullable String encodingType,
            boolean isTruncated,
            @XmlFlattened @XmlName("Upload") List<Upload> uploads,
            @XmlFlattened List<CommonPrefix> commonPrefixes) {}

    /** An upload as the list shows it. */
    public record Upload(
            String uploadId,
            String key,
            Instant initiated,
            String storageClass,
            Owner owner,
            Initiator initiator,
            @Nullable String checksumAlgorithm,
            @Nullable String checksumType) {

        static Upload of(Bucket bucket, MultipartUpload upload, KeyEncoding encoding) {
            var start = upload.start();
            return new Upload(
                    start.uploadId(),
                    encoding.encode(start.key()),
                    Timestamps.seconds(start.initiated()),
                    start.metadata().storageClass().name(),
                    Owner.ofAccount(bucket.ownerAccountId()),
                    Initiator.of(bucket),
                    start.algorithm() == null ? null : start.algorithm().name(),
                    start.algorithm() == null ? null : start.type().name());
        }
    }

    public ListMultipartUploads(Access access) {
        this.access = access;
    }

    @Override
    public Output handle(Input input, Call call) {
        var bucket = access.bucket(input.bucket(), input.expectedBucketOwner(), call);
        var encoding = KeyEncoding.parse(input.encodingType());
        int limit = PageSize.of(input.maxUploads(), "max-uploads");
        var keyMarker = Objects.requireNonNullElse(input.keyMarker(), "");
        // Without a key the other marker means nothing. AWS: S3 API Reference, ListMultipartUploads.
        var idMarker = keyMarker.isEmpty() ? "" : Objects.requireNonNullElse(input.uploadIdMarker(), "");
        var prefix = Objects.requireNonNullElse(input.prefix(), "");
        var delimiter = Objects.requireNonNullElse(input.delimiter(), "");
        var page = UploadListing.of(
                bucket.uploads(), new UploadListing.Request(prefix, delimiter, keyMarker, idMarker, limit));
        return new Output(
                bucket.name(),
                encoding.encode(keyMarker),
                idMarker,
                encoding.encode(page.nextKey()),
                encoding.encodeNullable(prefix),
                encoding.encodeNullable(delimiter),
                page.nextUploadId(),
                limit,
                encoding.wireName(),
                page.truncated(),
                page.uploads().stream()
                        .map(upload -> Upload.of(bucket, upload, encoding))
                        .toList(),
                page.commonPrefixes().stream()
                        .map(each -> new CommonPrefix(encoding.encode(each)))
                        .toList());
    }
}
