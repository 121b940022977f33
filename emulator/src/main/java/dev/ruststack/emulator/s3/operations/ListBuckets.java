package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.aws.wire.XmlName;
import dev.ruststack.emulator.s3.Owner;
import dev.ruststack.emulator.s3.S3Error;
import dev.ruststack.emulator.s3.store.Bucket;
import dev.ruststack.emulator.s3.store.Buckets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists the caller's buckets. AWS: S3 API Reference, ListBuckets. */
@Http("GET /")
public final class ListBuckets implements Operation<ListBuckets.Input, ListBuckets.Output> {
    private static final int MAX_BUCKETS = 10_000;

    private final Buckets buckets;

    /** The request. */
    public record Input(
            @HttpQuery("max-buckets") @Nullable Integer maxBuckets,
            @HttpQuery("continuation-token") @Nullable String continuationToken,
            @HttpQuery("prefix") @Nullable String prefix,
            @HttpQuery("bucket-region") @Nullable String bucketRegion) {

        boolean isPlain() {
            return maxBuckets == null && continuationToken == null && prefix == null && bucketRegion == null;
        }
    }

    /** The answer. */
    @XmlName("ListAllMyBucketsResult")
    public record Output(
            Owner owner,
            List<ListedBucket> buckets,
            @Nullable String continuationToken,
            @Nullable String prefix) {}

    /** A bucket in the list; its region is told to those who ask for pages or a part of the list. */
    @XmlName("Bucket")
    public record ListedBucket(
            String name, Instant creationDate, @Nullable String bucketRegion, String bucketArn) {}

    public ListBuckets(Buckets buckets) {
        this.buckets = buckets;
    }

    @Override
    public Output handle(Input input, Call call) {
        AccessRules.requireSigned(call);
        int limit = limit(input.maxBuckets());
        var after = ContinuationToken.parse(input.continuationToken());
        var found = buckets.all().stream()
                .filter(bucket -> isWanted(bucket, input, call.accountId()))
                .filter(bucket -> after == null || bucket.name().compareTo(after) > 0)
                .limit(limit + 1L)
                .toList();
        var page = found.subList(0, Math.min(limit, found.size()));
        return new Output(
                Owner.ofAccount(call.accountId()),
                page.stream().map(bucket -> listed(bucket, input)).toList(),
                found.size() > limit ? ContinuationToken.after(page.getLast().name()) : null,
                input.prefix());
    }

    private static int limit(@Nullable Integer maxBuckets) {
        if (maxBuckets == null) {
            return MAX_BUCKETS;
        }
        if (maxBuckets < 1 || maxBuckets > MAX_BUCKETS) {
            throw S3Error.invalidArgument(
                    "Argument max-buckets must be an integer between 1 and 10000",
                    "max-buckets",
                    Integer.toString(maxBuckets));
        }
        return maxBuckets;
    }

    private static boolean isWanted(Bucket bucket, Input input, String accountId) {
        return bucket.ownerAccountId().equals(accountId)
                && (input.prefix() == null || bucket.name().startsWith(input.prefix()))
                && (input.bucketRegion() == null || bucket.region().equals(input.bucketRegion()));
    }

    private static ListedBucket listed(Bucket bucket, Input input) {
        return new ListedBucket(
                bucket.name(),
                Timestamps.seconds(bucket.created()),
                input.isPlain() ? null : bucket.region(),
                bucket.arn());
    }
}
