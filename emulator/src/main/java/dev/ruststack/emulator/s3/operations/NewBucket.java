package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.s3.Owner;
import dev.ruststack.emulator.s3.S3Error;
import dev.ruststack.emulator.s3.configuration.AccessControlPolicy;
import dev.ruststack.emulator.s3.configuration.BucketTagging;
import dev.ruststack.emulator.s3.configuration.OwnershipControls;
import dev.ruststack.emulator.s3.store.Configurations;
import org.jspecify.annotations.Nullable;

/** What CreateBucket says of a bucket beyond its name and place; each is null where it is not named. */
record NewBucket(
        @Nullable OwnershipControls ownership,
        @Nullable AccessControlPolicy acl,
        @Nullable BucketTagging tagging) {
    private static final String OWNERSHIP = "x-amz-object-ownership";

    /** Reads and checks it before the bucket is made. */
    static NewBucket of(Headers headers, Owner owner, @Nullable BucketTagging tagging) {
        var named = headers.first(OWNERSHIP);
        var ownership = named == null ? OwnershipControls.DEFAULT : OwnershipControls.of(named);
        if (!ownership.known()) {
            throw S3Error.invalidArgument(
                    "Invalid x-amz-object-ownership header: " + named, OWNERSHIP, String.valueOf(named));
        }
        var acl = AclRequest.ofHeaders(headers, owner, owner);
        boolean says = acl != null && !acl.equals(AccessControlPolicy.ownedBy(owner));
        if (says && ownership.enforced()) {
            throw S3Error.INVALID_BUCKET_ACL_WITH_OBJECT_OWNERSHIP.error();
        }
        if (acl != null && acl.opensToEveryone()) {
            throw S3Error.INVALID_BUCKET_ACL_WITH_BLOCK_PUBLIC_ACCESS.error();
        }
        return new NewBucket(named == null ? null : ownership, says ? acl : null, tagging);
    }

    void applyTo(Configurations configurations) {
        if (ownership != null) {
            configurations.set(OwnershipControls.KIND, ownership);
        }
        if (acl != null) {
            configurations.set(AccessControlPolicy.KIND, acl);
        }
        if (tagging != null) {
            configurations.set(BucketTagging.KIND, tagging);
        }
    }
}
