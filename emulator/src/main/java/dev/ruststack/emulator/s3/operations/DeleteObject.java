package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.s3.Versioning;
import org.jspecify.annotations.Nullable;

/**
 * Removes an object, or one version of it; what is not there counts as removed. A bucket with versions keeps them, below a
 * delete marker. AWS: S3 API Reference, DeleteObject.
 */
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

            @HttpHeader("x-amz-bypass-governance-retention") @Nullable
            String bypassGovernanceRetention,

            @HttpHeader("x-amz-expected-bucket-owner") @Nullable
            String expectedBucketOwner) {}

    /** The answer. */
    public record Output(
            @HttpHeader("x-amz-delete-marker") @Nullable Boolean deleteMarker,
            @HttpHeader("x-amz-version-id") @Nullable String versionId) {}

    public DeleteObject(Access access, ObjectRemover remover) {
        this.access = access;
        this.remover = remover;
    }

    @Override
    public Output handle(Input input, Call call) {
        var bucket = access.bucket(input.bucket(), input.key(), input.expectedBucketOwner(), call);
        VersionFinder.check(input.versionId());
        boolean bypass = access.bypasses(ObjectLock.bypassAsked(call, bucket), bucket, input.key(), call);
        var deletion = remover.remove(
                bucket, new ObjectRemover.Target(input.key(), input.versionId(), input.ifMatch(), bypass));
        access.notifications().removed(bucket, input.key(), input.versionId(), deletion, call);
        var marker = deletion.marker();
        boolean versioned = bucket.versioning() != Versioning.UNVERSIONED;
        return new Output(
                marker == null ? null : true, marker == null ? (versioned ? input.versionId() : null) : marker.id());
    }
}
