package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.s3.configuration.BucketPolicy;
import org.jspecify.annotations.Nullable;

/** Removes a bucket's policy. AWS: S3 API Reference, DeleteBucketPolicy. */
@Http(value = "DELETE /{Bucket}?policy", code = 204)
public final class DeleteBucketPolicy implements Operation<DeleteBucketPolicy.Input, DeleteBucketPolicy.Output> {
    private final Access access;

    /** The request. */
    public record Input(
            @HttpLabel String bucket,

            @HttpHeader("x-amz-expected-bucket-owner") @Nullable
            String expectedBucketOwner) {}

    /** The answer: nothing. */
    public record Output() {}

    public DeleteBucketPolicy(Access access) {
        this.access = access;
    }

    @Override
    public Output handle(Input input, Call call) {
        access.bucket(input.bucket(), input.expectedBucketOwner(), call)
                .configurations()
                .remove(BucketPolicy.KIND);
        return new Output();
    }
}
