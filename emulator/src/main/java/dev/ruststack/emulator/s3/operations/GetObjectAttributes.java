package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.aws.wire.HttpHeaderGroup;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.aws.wire.XmlFlattened;
import dev.ruststack.emulator.aws.wire.XmlName;
import dev.ruststack.emulator.s3.Checksum;
import dev.ruststack.emulator.s3.ChecksumAlgorithm;
import dev.ruststack.emulator.s3.S3Error;
import dev.ruststack.emulator.s3.store.Assembly;
import dev.ruststack.emulator.s3.store.ObjectVersion;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells what is asked for of an object, its parts included. AWS: S3 API Reference, GetObjectAttributes. */
@Http("GET /{Bucket}/{Key+}?attributes")
public final class GetObjectAttributes implements Operation<GetObjectAttributes.Input, GetObjectAttributes.Output> {
    private static final String HEADER = "x-amz-object-attributes";

    private final Access access;

    /** The request. */
    public record Input(
            @HttpLabel String bucket,
            @HttpLabel String key,
            @HttpQuery("versionId") @Nullable String versionId,
            @HttpHeader("x-amz-max-parts") @Nullable Integer maxParts,

            @HttpHeader("x-amz-part-number-marker") @Nullable
            Integer partNumberMarker,

            @HttpHeader("x-amz-expected-bucket-owner") @Nullable
            String expectedBucketOwner,

            @HttpHeaderGroup(CustomerKeyHeaders.PREFIX) @Nullable
            CustomerKeyHeaders customerKey,

            @HttpHeader(HEADER) @Nullable String objectAttributes) {}

    private enum Attribute {
        ETAG("ETag"),
        CHECKSUM("Checksum"),
        OBJECT_PARTS("ObjectParts"),
        STORAGE_CLASS("StorageClass"),
        OBJECT_SIZE("ObjectSize");

        private final String wireName;

        Attribute(String wireName) {
            this.wireName = wireName;
        }

        static Attribute parse(String text) {
            return Arrays.stream(values())
                    .filter(each -> each.wireName.equals(text))
                    .findFirst()
                    .orElseThrow(() -> S3Error.invalidArgument("Invalid attribute name specified.", HEADER, text));
        }
    }

    /** The answer. */
    @XmlName("GetObjectAttributesResponse")
    public record Output(
            @HttpHeader("Last-Modified") Instant lastModified,
            @HttpHeader("x-amz-version-id") @Nullable String versionId,
            @Nullable String eTag,
            @Nullable Checksums checksum,
            @Nullable Parts objectParts,
            @Nullable String storageClass,
            @Nullable Long objectSize) {}

    /** The checksum of the object. */
    public record Checksums(
            @Nullable String checksumCRC32,
            @Nullable String checksumCRC32C,
            @Nullable String checksumCRC64NVME,
            @Nullable String checksumSHA1,
            @Nullable String checksumSHA256,
            String checksumType) {
        static Checksums of(Checksum checksum) {
            return new Checksums(
                    checksum.valueOf(ChecksumAlgorithm.CRC32),
                    checksum.valueOf(ChecksumAlgorithm.CRC32C),
                    checksum.valueOf(ChecksumAlgorithm.CRC64NVME),
                    checksum.valueOf(ChecksumAlgorithm.SHA1),
                    checksum.valueOf(ChecksumAlgorithm.SHA256),
                    checksum.type().name());
        }
    }

    /** A page of the parts; of an object whose upload named no algorithm only their number is told. */
    public record Parts(
            int partsCount,
            @Nullable Integer partNumberMarker,
            @Nullable Integer nextPartNumberMarker,
            @Nullable Integer maxParts,
            @Nullable Boolean isTruncated,
            @XmlFlattened @XmlName("Part") List<Part> parts) {}

    /** A part, by its place in the object. */
    public record Part(
            int partNumber,
            long size,
            @Nullable String checksumCRC32,
            @Nullable String checksumCRC32C,
            @Nullable String checksumCRC64NVME,
            @Nullable String checksumSHA1,
            @Nullable String checksumSHA256) {
        static Part of(Assembly.Part part) {
            var checksum = part.checksum();
            return new Part(
                    part.number(),
                    part.size(),
                    checksum.valueOf(ChecksumAlgorithm.CRC32),
                    checksum.valueOf(ChecksumAlgorithm.CRC32C),
                    checksum.valueOf(ChecksumAlgorithm.CRC64NVME),
                    checksum.valueOf(ChecksumAlgorithm.SHA1),
                    checksum.valueOf(ChecksumAlgorithm.SHA256));
        }
    }

    public GetObjectAttributes(Access access) {
        this.access = access;
    }

    @Override
    public Output handle(Input input, Call call) {
        var bucket = access.bucket(input.bucket(), input.key(), input.expectedBucketOwner(), call);
        var wanted = wanted(input.objectAttributes(), call);
        int limit = PageSize.of(input.maxParts(), "max-parts");
        var version = VersionFinder.of(input.key(), input.versionId(), call).read(bucket);
        ObjectEncryption.checkRead(version, input.customerKey(), call);
        return new Output(
                version.lastModified(),
                VersionFinder.told(bucket, version),
                wanted.contains(Attribute.ETAG) ? version.etag().value() : null,
                wanted.contains(Attribute.CHECKSUM) ? Checksums.of(version.checksum()) : null,
                wanted.contains(Attribute.OBJECT_PARTS) ? parts(version, input.partNumberMarker(), limit) : null,
                wanted.contains(Attribute.STORAGE_CLASS)
                        ? version.storageClass().name()
                        : null,
                wanted.contains(Attribute.OBJECT_SIZE) ? version.size() : null);
    }

    /** The header may stand several times, as some clients send a list. */
    private static Set<Attribute> wanted(@Nullable String header, Call call) {
        var wanted = EnumSet.noneOf(Attribute.class);
        if (header != null) {
            for (var field : call.request().headers()) {
                if (field.name().equalsIgnoreCase(HEADER)) {
                    Arrays.stream(field.value().split(","))
                            .map(String::strip)
                            .filter(text -> !text.isEmpty())
                            .map(Attribute::parse)
                            .forEach(wanted::add);
                }
            }
        }
        if (wanted.isEmpty()) {
            throw S3Error.INVALID_REQUEST.saying("The x-amz-object-attributes header specifying the attributes to be "
                    + "retrieved is either missing or empty");
        }
        return wanted;
    }

    private static @Nullable Parts parts(ObjectVersion version, @Nullable Integer marker, int limit) {
        var assembly = version.assembly();
        if (assembly == null) {
            return null;
        }
        int count = assembly.parts().size();
        if (version.checksum().algorithm() == ChecksumAlgorithm.CRC64NVME) {
            return new Parts(count, null, null, null, null, List.of());
        }
        int after = marker == null ? 0 : Math.max(0, marker);
        var rest =
                assembly.parts().stream().filter(part -> part.number() > after).toList();
        var page = rest.subList(0, Math.min(limit, rest.size()));
        int next = page.isEmpty() ? 0 : page.getLast().number();
        return new Parts(
                count,
                after,
                next,
                limit,
                rest.size() > page.size(),
                page.stream().map(Part::of).toList());
    }
}
