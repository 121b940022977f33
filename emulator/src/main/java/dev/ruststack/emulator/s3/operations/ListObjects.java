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

/** Lists the objects of a bucket in pages, as it was done before V2. AWS: S3 API Reference, ListObjects. */
@Http("GET /{Bucket}")
public final class ListObjects implements Operation<ListObjects.Input, ListObjects.Output> {
    private final Access access;

    /** The request. */
    public record Input(
            @HttpLabel String bucket,
            @HttpQuery("delimiter") @Nullable String delimiter,
            @HttpQuery("encoding-type") @Nullable String encodingType,
            @HttpQuery("marker") @Nullable String marker,
            @HttpQuery("max-keys") @Nullable Integer maxKeys,
            @HttpQuery("prefix") @Nullable String prefix,

            @HttpHeader("x-amz-expected-bucket-owner") @Nullable
            String expectedBucketOwner) {}

    /** The answer. */
    @XmlName("ListBucketResult")
    public record Output(
            String name,
            String prefix,
            String marker,
            @Nullable String nextMarker,
            int maxKeys,
            @Nullable String delimiter,
            @Nullable String encodingType,
            boolean isTruncated,
            @XmlFlattened List<ListedObject> contents,
            @XmlFlattened List<CommonPrefix> commonPrefixes) {}

    public ListObjects(Access access) {
        this.access = access;
    }

    @Override
    public Output handle(Input input, Call call) {
        var bucket = access.bucket(input.bucket(), input.expectedBucketOwner(), call);
        var encoding = KeyEncoding.parse(input.encodingType());
        int limit = PageSize.ofMaxKeys(input.maxKeys());
        var listing = bucket.list(new ListingRequest(
                Objects.requireNonNullElse(input.prefix(), ""),
                Objects.requireNonNullElse(input.delimiter(), ""),
                Objects.requireNonNullElse(input.marker(), ""),
                limit));
        return answer(input, bucket, listing, encoding, limit);
    }

    private static Output answer(Input input, Bucket bucket, Listing listing, KeyEncoding encoding, int limit) {
        var owner = Owner.ofAccount(bucket.ownerAccountId());
        var delimiter = encoding.encodeNullable(input.delimiter());
        return new Output(
                bucket.name(),
                encoding.encode(Objects.requireNonNullElse(input.prefix(), "")),
                encoding.encode(Objects.requireNonNullElse(input.marker(), "")),
                listing.truncated() && delimiter != null ? encoding.encode(listing.last()) : null,
                limit,
                delimiter,
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
