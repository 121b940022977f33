package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import org.jspecify.annotations.Nullable;

/** Tells whether a bucket exists and the caller may use it. AWS: S3 API Reference, HeadBucket. */
@Http("HEAD /{Bucket}")
public final class HeadBucket implements Operation<HeadBucket.Input, HeadBucket.Output> {
    private final Access access;

    /** The request. */
    public record Input(
            @HttpLabel String bucket,

            @HttpHeader("x-amz-expected-bucket-owner") @Nullable
            String expectedBucketOwner) {}

    /** The answer. */
    public record Output(
            @HttpHeader("x-amz-bucket-arn") String bucketArn,
            @HttpHeader("x-amz-bucket-region") String bucketRegion,
            @HttpHeader("x-amz-access-point-alias") boolean accessPointAlias,
            @HttpHeader("Content-Type") String contentType) {}

    public HeadBucket(Access access) {
        this.access = access;
    }

    @Override
    public Output handle(Input input, Call call) {
        var bucket = access.bucket(input.bucket(), input.expectedBucketOwner(), call);
        return new Output(bucket.arn(), bucket.region(), false, "application/xml");
    }
}
