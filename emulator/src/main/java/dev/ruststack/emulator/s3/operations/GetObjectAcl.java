package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.s3.configuration.AccessControlPolicy;
import org.jspecify.annotations.Nullable;

/** Tells who may what with an object. AWS: S3 API Reference, GetObjectAcl. */
@Http("GET /{Bucket}/{Key+}?acl")
public final class GetObjectAcl implements Operation<GetObjectAcl.Input, AccessControlPolicy> {
    private final Access access;

    /** The request. */
    public record Input(
            @HttpLabel String bucket,
            @HttpLabel String key,
            @HttpQuery("versionId") @Nullable String versionId,

            @HttpHeader("x-amz-expected-bucket-owner") @Nullable
            String expectedBucketOwner) {}

    public GetObjectAcl(Access access) {
        this.access = access;
    }

    @Override
    public AccessControlPolicy handle(Input input, Call call) {
        var bucket = access.bucket(input.bucket(), input.key(), input.expectedBucketOwner(), call);
        var finder = VersionFinder.of(input.key(), input.versionId(), call);
        return AccessRules.acl(bucket, finder.find(bucket.history(input.key())));
    }
}
