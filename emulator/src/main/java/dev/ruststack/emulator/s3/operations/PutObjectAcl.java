package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.Payload;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpPayload;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.s3.Owner;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Says who may what with an object, where the bucket's ownership controls let ACLs count. The canned ACL and the grants
 * are read by {@link AclRequest}. AWS: S3 API Reference, PutObjectAcl.
 */
@Http("PUT /{Bucket}/{Key+}?acl")
public final class PutObjectAcl implements Operation<PutObjectAcl.Input, PutObjectAcl.Output> {
    private final Access access;

    /** The request. */
    public record Input(
            @HttpLabel String bucket,
            @HttpLabel String key,
            @HttpQuery("versionId") @Nullable String versionId,

            @HttpHeader("x-amz-expected-bucket-owner") @Nullable
            String expectedBucketOwner,

            @HttpPayload Payload accessControlPolicy) {}

    /** The answer: nothing. */
    public record Output() {}

    public PutObjectAcl(Access access) {
        this.access = access;
    }

    @Override
    public Output handle(Input input, Call call) throws IOException {
        var bucket = access.bucket(input.bucket(), input.key(), input.expectedBucketOwner(), call);
        AccessRules.requireAcls(bucket);
        var finder = VersionFinder.of(input.key(), input.versionId(), call);
        var owner = Owner.ofAccount(bucket.ownerAccountId());
        var acl = AclRequest.required(call, owner, owner);
        AccessRules.checkPublic(acl, bucket);
        var version = bucket.amend(
                input.key(), finder::find, found -> found.attachments().withAcl(acl));
        access.notifications().tell("ObjectAcl:Put", bucket, input.key(), version, call);
        return new Output();
    }
}
