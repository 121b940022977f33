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
import dev.ruststack.emulator.s3.store.Bucket;
import dev.ruststack.emulator.s3.store.VersionListing;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lists every version of the objects of a bucket, in pages. AWS: S3 API Reference, ListObjectVersions. */
@Http("GET /{Bucket}?versions")
public final class ListObjectVersions implements Operation<ListObjectVersions.Input, ListObjectVersions.Output> {
    private final Access access;

    /** The request. */
    public record Input(
            @HttpLabel String bucket,
            @HttpQuery("delimiter") @Nullable String delimiter,
            @HttpQuery("encoding-type") @Nullable String encodingType,
            @HttpQuery("key-marker") @Nullable String keyMarker,
            @HttpQuery("max-keys") @Nullable Integer maxKeys,
            @HttpQuery("prefix") @Nullable String prefix,
            @HttpQuery("version-id-marker") @Nullable String versionIdMarker,

            @HttpHeader("x-amz-expected-bucket-owner") @Nullable
            String expectedBucketOwner) {}

    /** The answer. */
    @XmlName("ListVersionsResult")
    public record Output(
            String name,
            String prefix,
            String keyMarker,
            @Nullable String nextKeyMarker,
            String versionIdMarker,
            @Nullable String nextVersionIdMarker,
            int maxKeys,
            @Nullable String delimiter,
            @Nullable String encodingType,
            boolean isTruncated,

            @XmlFlattened @XmlName("Version") List<ListedVersion> versions,

            @XmlFlattened List<CommonPrefix> commonPrefixes) {}

    public ListObjectVersions(Access access) {
        this.access = access;
    }

    @Override
    public Output handle(Input input, Call call) {
        var bucket = access.bucket(input.bucket(), input.expectedBucketOwner(), call);
        var encoding = KeyEncoding.parse(input.encodingType());
        int limit = PageSize.ofMaxKeys(input.maxKeys());
        checkMarkers(input);
        var listing = bucket.list(new VersionListing.Request(
                Objects.requireNonNullElse(input.prefix(), ""),
                Objects.requireNonNullElse(input.delimiter(), ""),
                Objects.requireNonNullElse(input.keyMarker(), ""),
                input.versionIdMarker(),
                limit));
        return answer(input, bucket, listing, encoding, limit);
    }

    private static void checkMarkers(Input input) {
        var marker = input.versionIdMarker();
        if (marker == null) {
            return;
        }
        if (marker.isEmpty()) {
            throw S3Error.invalidArgument("A version-id marker cannot be empty.", "version-id-marker", marker);
        }
        if (input.keyMarker() == null || input.keyMarker().isEmpty()) {
            throw S3Error.invalidArgument(
                    "A version-id marker cannot be specified without a key marker.", "version-id-marker", marker);
        }
        VersionFinder.check(marker);
    }

    private static Output answer(Input input, Bucket bucket, VersionListing listing, KeyEncoding encoding, int limit) {
        var owner = Owner.ofAccount(bucket.ownerAccountId());
        return new Output(
                bucket.name(),
                encoding.encode(Objects.requireNonNullElse(input.prefix(), "")),
                encoding.encode(Objects.requireNonNullElse(input.keyMarker(), "")),
                listing.truncated() ? encoding.encode(listing.nextKey()) : null,
                Objects.requireNonNullElse(input.versionIdMarker(), ""),
                listing.truncated() ? listing.nextVersionId() : null,
                limit,
                encoding.encodeNullable(input.delimiter()),
                encoding.wireName(),
                listing.truncated(),
                listing.versions().stream()
                        .map(entry -> ListedVersion.of(entry, encoding, owner))
                        .toList(),
                listing.commonPrefixes().stream()
                        .map(prefix -> new CommonPrefix(encoding.encode(prefix)))
                        .toList());
    }
}
