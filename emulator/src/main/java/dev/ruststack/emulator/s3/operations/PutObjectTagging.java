package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.Payload;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpPayload;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.s3.S3Error;
import dev.ruststack.emulator.s3.Tag;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Replaces the tags of an object. AWS: S3 API Reference, PutObjectTagging. */
@Http("PUT /{Bucket}/{Key+}?tagging")
public final class PutObjectTagging implements Operation<PutObjectTagging.Input, PutObjectTagging.Output> {
    private final Access access;

    /** The request; its body is a {@link Tagging}. */
    public record Input(
            @HttpLabel String bucket,
            @HttpLabel String key,
            @HttpQuery("versionId") @Nullable String versionId,

            @HttpHeader("x-amz-expected-bucket-owner") @Nullable
            String expectedBucketOwner,

            @HttpPayload Payload tagging) {}

    /** The document of the request. */
    public record Tagging(@Nullable List<Tag> tagSet) {}

    /** The answer. */
    public record Output(
            @HttpHeader("x-amz-version-id") @Nullable String versionId) {}

    public PutObjectTagging(Access access) {
        this.access = access;
    }

    @Override
    public Output handle(Input input, Call call) throws IOException {
        var bucket = access.bucket(input.bucket(), input.key(), input.expectedBucketOwner(), call);
        var finder = VersionFinder.of(input.key(), input.versionId(), call);
        var document = RequestDocument.readVouched(call, Tagging.class);
        if (document.tagSet() == null) {
            throw S3Error.MALFORMED_XML.error();
        }
        var tags = ObjectTags.checked(document.tagSet());
        access.rules().checkTagging(bucket, input.key(), tags, call);
        var tagged = bucket.amend(
                input.key(), finder::find, version -> version.attachments().withTags(tags));
        access.notifications().tell("ObjectTagging:Put", bucket, input.key(), tagged, call);
        return new Output(VersionFinder.told(bucket, tagged));
    }
}
