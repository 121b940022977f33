package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.s3.store.BlobStore;
import org.jspecify.annotations.Nullable;

/** Ends an upload and frees its parts. AWS: S3 API Reference, AbortMultipartUpload. */
@Http(value = "DELETE /{Bucket}/{Key+}?uploadId", code = 204)
public final class AbortMultipartUpload implements Operation<AbortMultipartUpload.Input, AbortMultipartUpload.Output> {
    private final Access access;
    private final BlobStore blobs;

    /** The request. */
    public record Input(
            @HttpLabel String bucket,
            @HttpLabel String key,
            @HttpQuery("uploadId") String uploadId,

            @HttpHeader("x-amz-expected-bucket-owner") @Nullable
            String expectedBucketOwner) {}

    /** The answer: nothing. */
    public record Output() {}

    public AbortMultipartUpload(Access access, BlobStore blobs) {
        this.access = access;
        this.blobs = blobs;
    }

    @Override
    public Output handle(Input input, Call call) {
        var bucket = access.bucket(input.bucket(), input.key(), input.expectedBucketOwner(), call);
        var upload = bucket.uploads().require(input.key(), input.uploadId());
        bucket.abort(upload).forEach(part -> blobs.release(part.blob()));
        return new Output();
    }
}
