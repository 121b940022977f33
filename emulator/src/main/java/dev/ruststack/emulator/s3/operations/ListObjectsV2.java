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
import dev.ruststack.emulator.s3.store.Listing;
import dev.ruststack.emulator.s3.store.ListingRequest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lists the objects of a bucket in pages. AWS: S3 API Reference, ListObjectsV2. */
@Http("GET /{Bucket}?list-type=2")
public final class ListObjectsV2 implements Operation<ListObjectsV2.Input, ListObjectsV2.Output> {
    private final Access access;

    /** The request. */
    public record Input(
            @HttpLabel String bucket,
            @HttpQuery("delimiter") @Nullable String delimiter,
            @HttpQuery("encoding-type") @Nullable String encodingType,
            @HttpQuery("max-keys") @Nullable Integer maxKeys,
            @HttpQuery("prefix") @Nullable String prefix,
            @HttpQuery("continuation-token") @Nullable String continuationToken,
            @HttpQuery("fetch-owner") @Nullable Boolean fetchOwner,
            @HttpQuery("start-after") @Nullable String startAfter,

            @HttpHeader("x-amz-expected-bucket-owner") @Nullable
            String expectedBucketOwner) {}

    /** The answer. */
    @XmlName("ListBucketResult")
    public record Output(
            String name,
            String prefix,
            @Nullable String startAfter,
            @Nullable String continuationToken,
            @Nullable String nextContinuationToken,
            int keyCount,
            int maxKeys,
            @Nullable String delimiter,
            @Nullable String encodingType,
            boolean isTruncated,
            @XmlFlattened List<ListedObject> contents,
            @XmlFlattened List<CommonPrefix> commonPrefixes) {}

    public ListObjectsV2(Access access) {
        this.access = access;
    }

    @Override
    public Output handle(Input input, Call call) {
        var bucket = access.bucket(input.bucket(), input.expectedBucketOwner(), call);
        var encoding = KeyEncoding.parse(input.encodingType());
        int limit = PageSize.ofMaxKeys(input.maxKeys());
        var resumed = ContinuationToken.parse(input.continuationToken());
        var listing = bucket.list(new ListingRequest(
                Objects.requireNonNullElse(input.prefix(), ""),
                Objects.requireNonNullElse(input.delimiter(), ""),
                resumed == null ? Objects.requireNonNullElse(input.startAfter(), "") : resumed,
                limit));
        return answer(input, bucket, listing, encoding, limit);
    }

    private static Output answer(Input input, Bucket bucket, Listing listing, KeyEncoding encoding, int limit) {
        var owner = Boolean.TRUE.equals(input.fetchOwner()) ? Owner.ofAccount(bucket.ownerAccountId()) : null;
        return new Output(
                bucket.name(),
                encoding.encode(Objects.requireNonNullElse(input.prefix(), "")),
                encoding.encodeNullable(input.startAfter()),
                input.continuationToken(),
                listing.truncated() ? ContinuationToken.after(listing.last()) : null,
                listing.objects().size() + listing.commonPrefixes().size(),
                limit,
                encoding.encodeNullable(input.delimiter()),
                encoding.wireName(),
                listing.truncated(),
                listing.objects().stream()
                        .map(entry -> ListedObject.of(entry, encoding, owner))
                        .toList(),
                listing.commonPrefixes().stream()
                        .map(prefix -> new CommonPrefix(encoding.encode(prefix)))
                        .toList());
    }
}
