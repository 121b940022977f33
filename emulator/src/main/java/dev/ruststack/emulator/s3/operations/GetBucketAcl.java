package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.s3.configuration.AccessControlPolicy;
import org.jspecify.annotations.Nullable;

/** Tells who may what with a bucket. AWS: S3 API Reference, GetBucketAcl. */
@Http("GET /{Bucket}?acl")
public final class GetBucketAcl implements Operation<GetBucketAcl.Input, AccessControlPolicy> {
    private final Access access;

    /** The request. */
    public record Input(
            @HttpLabel String bucket,

            @HttpHeader("x-amz-expected-bucket-owner") @Nullable
            String expectedBucketOwner) {}

    public GetBucketAcl(Access access) {
        this.access = access;
    }

    @Override
    public AccessControlPolicy handle(Input input, Call call) {
        return AccessRules.acl(access.bucket(input.bucket(), input.expectedBucketOwner(), call));
    }
}
