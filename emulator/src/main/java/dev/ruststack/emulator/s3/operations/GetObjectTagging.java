package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.aws.wire.XmlName;
import dev.ruststack.emulator.s3.S3Error;
import dev.ruststack.emulator.s3.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists the tags of an object. AWS: S3 API Reference, GetObjectTagging. */
@Http("GET /{Bucket}/{Key+}?tagging")
public final class GetObjectTagging implements Operation<GetObjectTagging.Input, GetObjectTagging.Output> {
    private final Access access;

    /** The request. */
    public record Input(
            @HttpLabel String bucket,
            @HttpLabel String key,
            @HttpQuery("versionId") @Nullable String versionId,

            @HttpHeader("x-amz-expected-bucket-owner") @Nullable
            String expectedBucketOwner) {}

    /** The answer. */
    @XmlName("Tagging")
    public record Output(
            @HttpHeader("x-amz-version-id") @Nullable String versionId, List<Tag> tagSet) {}

    public GetObjectTagging(Access access) {
        this.access = access;
    }

    @Override
    public Output handle(Input input, Call call) {
        var bucket = access.bucket(input.bucket(), input.key(), input.expectedBucketOwner(), call);
        var finder = VersionFinder.of(input.key(), input.versionId(), call);
        var history = bucket.history(input.key());
        if (history == null && input.versionId() == null) {
            // Here, and nowhere else, the key is told with its bucket: so recorded on AWS, 2025-01-21.
            throw S3Error.NO_SUCH_KEY.with("Key", bucket.name() + "/" + input.key());
        }
        var version = finder.find(history);
        return new Output(
                VersionFinder.told(bucket, version), version.attachments().tags());
    }
}
