package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.Payload;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpPayload;
import dev.ruststack.emulator.s3.Owner;
import dev.ruststack.emulator.s3.S3Error;
import dev.ruststack.emulator.s3.Tag;
import dev.ruststack.emulator.s3.configuration.BucketTagging;
import dev.ruststack.emulator.s3.configuration.ObjectLockConfiguration;
import dev.ruststack.emulator.s3.configuration.VersioningConfiguration;
import dev.ruststack.emulator.s3.store.Bucket;
import dev.ruststack.emulator.s3.store.Buckets;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Creates a bucket, owned by the caller's account. AWS: S3 API Reference, CreateBucket. */
@Http("PUT /{Bucket}")
public final class CreateBucket implements Operation<CreateBucket.Input, CreateBucket.Output> {
    private final Buckets buckets;

    /** The request; its body, which may be missing, is a {@link CreateBucketConfiguration}. */
    public record Input(
            @HttpLabel String bucket,

            @HttpHeader("x-amz-bucket-object-lock-enabled") @Nullable
            Boolean objectLockEnabledForBucket,

            @HttpPayload Payload createBucketConfiguration) {}

    /** The document of the request. Location and Bucket are those of directory buckets. */
    public record CreateBucketConfiguration(
            @Nullable String locationConstraint,
            @Nullable LocationInfo location,
            @Nullable BucketInfo bucket,
            @Nullable List<Tag> tags) {}

    /** Where a directory bucket is to be. */
    public record LocationInfo(
            @Nullable String name, @Nullable String type) {}

    /** What kind of directory bucket it is to be. */
    public record BucketInfo(
            @Nullable String dataRedundancy, @Nullable String type) {}

    /** The answer. */
    public record Output(
            @HttpHeader("Location") String location,
            @HttpHeader("x-amz-bucket-arn") String bucketArn) {}

    public CreateBucket(Buckets buckets) {
        this.buckets = buckets;
    }

    @Override
    public Output handle(Input input, Call call) throws IOException {
        AccessRules.requireSigned(call);
        var headers = call.request().headers();
        UnsupportedHeaders.refuse(
                headers, name -> UnsupportedHeaders.namesAcl(name) || name.equals("x-amz-object-ownership"));
        var configuration = RequestDocument.readOptional(call, CreateBucketConfiguration.class);
        var constraint = constraint(configuration);
        var wanted = NewBucket.of(headers, Owner.ofAccount(call.accountId()), tagging(configuration));
        var region = BucketRegion.of(constraint, call.region());
        var existing = buckets.create(input.bucket(), call.accountId(), region, made -> {
            configure(made, input);
            wanted.applyTo(made.configurations());
        });
        if (existing != null) {
            checkMayBeMadeAgain(existing, region, call.accountId());
        }
        return answer(input.bucket(), region, call.request().host());
    }

    private static void configure(Bucket made, Input input) {
        if (Boolean.TRUE.equals(input.objectLockEnabledForBucket())) {
            made.changeVersioning(any -> new VersioningConfiguration(VersioningConfiguration.ENABLED, null));
            made.configurations().set(ObjectLockConfiguration.KIND, ObjectLockConfiguration.ENABLED);
        }
    }

    private static @Nullable String constraint(@Nullable CreateBucketConfiguration configuration) {
        if (configuration == null) {
            return null;
        }
        if (configuration.location() != null || configuration.bucket() != null) {
            throw S3Error.NOT_IMPLEMENTED.saying("Directory buckets are not implemented by RustStack.");
        }
        return configuration.locationConstraint();
    }

    private static @Nullable BucketTagging tagging(@Nullable CreateBucketConfiguration configuration) {
        var tags = configuration == null ? null : configuration.tags();
        return tags == null || tags.isEmpty() ? null : new BucketTagging(tags).checked();
    }

    private static void checkMayBeMadeAgain(Bucket existing, String region, String accountId) {
        if (!existing.ownerAccountId().equals(accountId)) {
            throw S3Error.BUCKET_ALREADY_EXISTS.with("BucketName", existing.name());
        }
        boolean inFirstRegion =
                region.equals(BucketRegion.FIRST) && existing.region().equals(BucketRegion.FIRST);
        if (!inFirstRegion) {
            throw S3Error.BUCKET_ALREADY_OWNED_BY_YOU.with("BucketName", existing.name());
        }
    }

    private static Output answer(String bucket, String region, String host) {
        var ownHost = host.startsWith(bucket + ".") ? host : bucket + "." + host;
        var location = region.equals(BucketRegion.FIRST) ? "/" + bucket : "http://" + ownHost + "/";
        return new Output(location, "arn:aws:s3:::" + bucket);
    }
}
