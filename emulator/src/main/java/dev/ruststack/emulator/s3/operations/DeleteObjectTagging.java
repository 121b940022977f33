package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Removes every tag of an object. AWS: S3 API Reference, DeleteObjectTagging. */
@Http(value = "DELETE /{Bucket}/{Key+}?tagging", code = 204)
public final class DeleteObjectTagging implements Operation<DeleteObjectTagging.Input, DeleteObjectTagging.Output> {
    private final Access access;

    /** The request. */
    public record Input(
            @HttpLabel String bucket,
            @HttpLabel String key,
            @HttpQuery("versionId") @Nullable String versionId,

            @HttpHeader("x-amz-expected-bucket-owner") @Nullable
            String expectedBucketOwner) {}

    /** The answer. */
    public record Output(
            @HttpHeader("x-amz-version-id") @Nullable String versionId) {}

    public DeleteObjectTagging(Access access) {
        this.access = access;
    }

    @Override
    public Output handle(Input input, Call call) {
        var bucket = access.bucket(input.bucket(), input.key(), input.expectedBucketOwner(), call);
        var finder = VersionFinder.of(input.key(), input.versionId(), call);
        var untagged = bucket.amend(
                input.key(), finder::find, version -> version.attachments().withTags(List.of()));
        access.notifications().tell("ObjectTagging:Delete", bucket, input.key(), untagged, call);
        return new Output(VersionFinder.told(bucket, untagged));
    }
}
