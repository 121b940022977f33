package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.s3.store.BlobStore;
import dev.ruststack.emulator.s3.store.Buckets;
import org.jspecify.annotations.Nullable;

/** Removes a bucket that is empty. AWS: S3 API Reference, DeleteBucket. */
@Http(value = "DELETE /{Bucket}", code = 204)
public final class DeleteBucket implements Operation<DeleteBucket.Input, DeleteBucket.Output> {
    private final Access access;
    private final Buckets buckets;
    private final BlobStore blobs;

    /** The request. */
    public record Input(
            @HttpLabel String bucket,

            @HttpHeader("x-amz-expected-bucket-owner") @Nullable
            String expectedBucketOwner) {}

    /** The answer: nothing. */
    public record Output() {}

    public DeleteBucket(Access access, Buckets buckets, BlobStore blobs) {
        this.access = access;
        this.buckets = buckets;
        this.blobs = blobs;
    }

    @Override
    public Output handle(Input input, Call call) {
        buckets.delete(access.bucket(input.bucket(), input.expectedBucketOwner(), call))
                .forEach(blobs::release);
        return new Output();
    }
}
