package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.XmlName;
import dev.ruststack.emulator.s3.S3Error;
import org.jspecify.annotations.Nullable;

/** Tells whether a bucket's policy gives something to everyone. AWS: S3 API Reference, GetBucketPolicyStatus. */
@Http("GET /{Bucket}?policyStatus")
public final class GetBucketPolicyStatus
        implements Operation<GetBucketPolicyStatus.Input, GetBucketPolicyStatus.Output> {
    private final Access access;

    /** The request. */
    public record Input(
            @HttpLabel String bucket,

            @HttpHeader("x-amz-expected-bucket-owner") @Nullable
            String expectedBucketOwner) {}

    /** The answer. */
    @XmlName("PolicyStatus")
    public record Output(boolean isPublic) {}

    public GetBucketPolicyStatus(Access access) {
        this.access = access;
    }

    @Override
    public Output handle(Input input, Call call) {
        var bucket = access.bucket(input.bucket(), input.expectedBucketOwner(), call);
        var policy = access.rules().policy(bucket);
        if (policy == null) {
            throw S3Error.NO_SUCH_BUCKET_POLICY.with("BucketName", bucket.name());
        }
        return new Output(policy.isPublic());
    }
}
