package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import org.jspecify.annotations.Nullable;

/** Removes an object; one that is not there counts as removed. AWS: S3 API Reference, DeleteObject. */
@Http(value = "DELETE /{Bucket}/{Key+}", code = 204)
public final class DeleteObject implements Operation<DeleteObject.Input, DeleteObject.Output> {
    private final Access access;
    private final ObjectRemover remover;

    /** The request. */
    public record Input(
            @HttpLabel String bucket,
            @HttpLabel String key,
            @HttpQuery("versionId") @Nullable String versionId,
            @HttpHeader("If-Match") @Nullable String ifMatch,

            @HttpHeader("x-amz-expected-bucket-owner") @Nullable
            String expectedBucketOwner) {}

    /** The answer: nothing. */
    public record Output() {}

    public DeleteObject(Access access, ObjectRemover remover) {
        this.access = access;
        this.remover = remover;
    }

    @Override
    public Output handle(Input input, Call call) {
        var bucket = access.bucket(input.bucket(), input.key(), input.expectedBucketOwner(), call);
        Access.checkVersion(input.versionId());
        remover.remove(bucket, input.key(), input.ifMatch());
        return new Output();
    }
}
