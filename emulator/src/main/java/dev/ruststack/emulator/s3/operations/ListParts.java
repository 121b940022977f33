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
import dev.ruststack.emulator.s3.S3Error;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists the parts of an upload in pages. AWS: S3 API Reference, ListParts. */
@Http("GET /{Bucket}/{Key+}?uploadId")
public final class ListParts implements Operation<ListParts.Input, ListParts.Output> {
    private final Access access;

    /** The request. */
    public record Input(
            @HttpLabel String bucket,
            @HttpLabel String key,
            @HttpQuery("uploadId") String uploadId,
            @HttpQuery("max-parts") @Nullable Integer maxParts,
            @HttpQuery("part-number-marker") @Nullable Integer partNumberMarker,

            @HttpHeader("x-amz-expected-bucket-owner") @Nullable
            String expectedBucketOwner) {}

    /** The answer. */
    @XmlName("ListPartsResult")
    public record Output(
            String bucket,
            String key,
            String uploadId,
            Initiator initiator,
            Owner owner,
            String storageClass,
            int partNumberMarker,
            int nextPartNumberMarker,
            int maxParts,
            boolean isTruncated,
            @Nullable String checksumAlgorithm,
            @Nullable String checksumType,
            @HttpHeader("x-amz-abort-date") @Nullable Instant abortDate,
            @HttpHeader("x-amz-abort-rule-id") @Nullable String abortRuleId,
            @XmlFlattened @XmlName("Part") List<ListedPart> parts) {}

    public ListParts(Access access) {
        this.access = access;
    }

    @Override
    public Output handle(Input input, Call call) {
        var bucket = access.bucket(input.bucket(), input.key(), input.expectedBucketOwner(), call);
        int limit = PageSize.of(input.maxParts(), "max-parts");
        int after = input.partNumberMarker() == null ? 0 : input.partNumberMarker();
        if (after < 0) {
            throw S3Error.invalidArgument(
                    "Argument part-number-marker must be an integer between 0 and 2147483647",
                    "part-number-marker",
                    Integer.toString(after));
        }
        var upload = bucket.uploads().require(input.key(), input.uploadId());
        var start = upload.start();
        var found = upload.partsAfter(after).stream().limit(limit + 1L).toList();
        boolean truncated = found.size() > limit;
        var page = truncated ? found.subList(0, limit) : found;
        var abort = LifecycleRules.abort(bucket, start);
        return new Output(
                input.bucket(),
                input.key(),
                input.uploadId(),
                Initiator.of(bucket),
                Owner.ofAccount(bucket.ownerAccountId()),
                start.metadata().storageClass().name(),
                after,
                page.isEmpty() ? 0 : page.getLast().number(),
                limit,
                truncated,
                start.algorithm() == null ? null : start.algorithm().name(),
                start.algorithm() == null ? null : start.type().name(),
                abort == null ? null : abort.at(),
                abort == null ? null : abort.ruleId(),
                page.stream().map(part -> ListedPart.of(start, part)).toList());
    }
}
