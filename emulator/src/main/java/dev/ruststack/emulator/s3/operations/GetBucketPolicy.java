package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpPayload;
import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.s3.S3Error;
import dev.ruststack.emulator.s3.configuration.BucketPolicy;
import org.jspecify.annotations.Nullable;

/** Returns a bucket's policy: JSON. AWS: S3 API Reference, GetBucketPolicy. */
@Http("GET /{Bucket}?policy")
public final class GetBucketPolicy implements Operation<GetBucketPolicy.Input, GetBucketPolicy.Output> {
    private final Access access;

    /** The request. */
    public record Input(
            @HttpLabel String bucket,

            @HttpHeader("x-amz-expected-bucket-owner") @Nullable
            String expectedBucketOwner) {}

    /** The answer. */
    public record Output(
            @HttpHeader("Content-Type") String contentType,
            @HttpPayload Body policy) {}

    public GetBucketPolicy(Access access) {
        this.access = access;
    }

    @Override
    public Output handle(Input input, Call call) {
        var bucket = access.bucket(input.bucket(), input.expectedBucketOwner(), call);
        var policy = bucket.configurations().get(BucketPolicy.KIND);
        if (policy == null) {
            throw S3Error.NO_SUCH_BUCKET_POLICY.with("BucketName", bucket.name());
        }
        return new Output("application/json", Body.of(policy.document()));
    }
}
