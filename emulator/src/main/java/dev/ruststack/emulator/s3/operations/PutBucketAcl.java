package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.Payload;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpPayload;
import dev.ruststack.emulator.s3.Owner;
import dev.ruststack.emulator.s3.configuration.AccessControlPolicy;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Says who may what with a bucket, where its ownership controls let ACLs count. The canned ACL and the grants are read
 * by {@link AclRequest}. AWS: S3 API Reference, PutBucketAcl.
 */
@Http("PUT /{Bucket}?acl")
public final class PutBucketAcl implements Operation<PutBucketAcl.Input, PutBucketAcl.Output> {
    private final Access access;

    /** The request. */
    public record Input(
            @HttpLabel String bucket,

            @HttpHeader("x-amz-expected-bucket-owner") @Nullable
            String expectedBucketOwner,

            @HttpPayload Payload accessControlPolicy) {}

    /** The answer: nothing. */
    public record Output() {}

    public PutBucketAcl(Access access) {
        this.access = access;
    }

    @Override
    public Output handle(Input input, Call call) throws IOException {
        var bucket = access.bucket(input.bucket(), input.expectedBucketOwner(), call);
        AccessRules.requireAcls(bucket);
        var owner = Owner.ofAccount(bucket.ownerAccountId());
        var acl = AclRequest.required(call, owner, owner);
        AccessRules.checkPublic(acl, bucket);
        bucket.configurations().set(AccessControlPolicy.KIND, acl);
        return new Output();
    }
}
