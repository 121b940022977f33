package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.InProcess;
import dev.ruststack.emulator.s3.Owner;
import dev.ruststack.emulator.s3.S3Error;
import dev.ruststack.emulator.s3.Tag;
import dev.ruststack.emulator.s3.configuration.AccessControlPolicy;
import dev.ruststack.emulator.s3.configuration.BucketPolicy;
import dev.ruststack.emulator.s3.configuration.OwnershipControls;
import dev.ruststack.emulator.s3.configuration.PublicAccessBlockConfiguration;
import dev.ruststack.emulator.s3.policy.Actions;
import dev.ruststack.emulator.s3.policy.Policy;
import dev.ruststack.emulator.s3.policy.PolicyParser;
import dev.ruststack.emulator.s3.store.Bucket;
import dev.ruststack.emulator.s3.store.ObjectVersion;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may what: a bucket's policy, its ACL and those of its objects, ownership controls and public access block. AWS:
 * S3 User Guide, How Amazon S3 authorizes a request.
 *
 * <p>The owner's account may everything that the policy does not deny; there are no users and roles within accounts.
 */
final class AccessRules {
    /** What the owner's account may even where the policy denies it, so that nobody is locked out. */
    private static final Set<String> NEVER_DENIED =
            Set.of("s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy");

    /** The permissions of a bucket's ACL. */
    private static final Map<String, String> OF_BUCKETS = Map.of(
            "s3:ListBucket", "READ",
            "s3:ListBucketVersions", "READ",
            "s3:ListBucketMultipartUploads", "READ",
            "s3:PutObject", "WRITE",
            "s3:DeleteObject", "WRITE",
            "s3:GetBucketAcl", "READ_ACP",
            "s3:PutBucketAcl", "WRITE_ACP");

    /** The permissions of an object's ACL. */
    private static final Map<String, String> OF_OBJECTS = Map.of(
            "s3:GetObject", "READ",
            "s3:GetObjectVersion", "READ",
            "s3:GetObjectAcl", "READ_ACP",
            "s3:GetObjectVersionAcl", "READ_ACP",
            "s3:PutObjectAcl", "WRITE_ACP",
            "s3:PutObjectVersionAcl", "WRITE_ACP");

    /** Operations that ask once they have read what in their body matters. */
    private static final Set<String> ASK_THEMSELVES = Set.of("DeleteObjects", "PostObject", "PutObjectTagging");

    private static final Set<String> READS = Set.of("s3:GetObject", "s3:GetObjectVersion", "s3:GetObjectAttributes");

    /** Throws where nobody in particular calls. */
    static void requireSigned(Call call) {
        if (PolicyContext.isAnonymous(call)) {
            throw S3Error.ACCESS_DENIED.error();
        }
    }

    /** The policy of a bucket, or null. */
    @Nullable
    Policy policy(Bucket bucket) {
        return bucket.configurations()
                .derived(
                        BucketPolicy.KIND,
                        Policy.class,
                        stored -> PolicyParser.parse(stored.document(), bucket.name()));
    }

    static PublicAccessBlockConfiguration block(Bucket bucket) {
        var block = bucket.configurations().get(PublicAccessBlockConfiguration.KIND);
        return block == null ? PublicAccessBlockConfiguration.DEFAULT : block;
    }

    /** Whether the ACLs of a bucket and its objects count. */
    static boolean aclsCount(Bucket bucket) {
        var controls = bucket.configurations().get(OwnershipControls.KIND);
        return controls != null && !controls.enforced();
    }

    /** Throws where the ACLs of a bucket and its objects do not count. */
    static void requireAcls(Bucket bucket) {
        if (!aclsCount(bucket)) {
            throw S3Error.ACCESS_CONTROL_LIST_NOT_SUPPORTED.error();
        }
    }

    /** Throws where an ACL grants to everyone what the bucket does not let be public. */
    static void checkPublic(AccessControlPolicy acl, Bucket bucket) {
        if (acl.opensToEveryone() && block(bucket).blocksPublicAcls()) {
            throw S3Error.ACCESS_DENIED.error();
        }
    }

    /** The ACL of a bucket. */
    static AccessControlPolicy acl(Bucket bucket) {
        var acl = aclsCount(bucket) ? bucket.configurations().get(AccessControlPolicy.KIND) : null;
        return acl == null ? AccessControlPolicy.ownedBy(Owner.ofAccount(bucket.ownerAccountId())) : acl;
    }

    /** The ACL of an object. */
    static AccessControlPolicy acl(Bucket bucket, ObjectVersion version) {
        var acl = aclsCount(bucket) ? version.attachments().acl() : null;
        return acl == null ? AccessControlPolicy.ownedBy(Owner.ofAccount(bucket.ownerAccountId())) : acl;
    }

    /** Throws where the caller may not tag an object so. */
    void checkTagging(Bucket bucket, String key, List<Tag> tags, Call call) {
        var action = Actions.of(call.operation(), call.request().query().has("versionId"));
        if (!permits(bucket, key, action, call, tags)) {
            throw S3Error.ACCESS_DENIED.error();
        }
    }

    /** Throws where the caller may not what the call is about. */
    void check(Bucket bucket, @Nullable String key, Call call) {
        var policy = policy(bucket);
        boolean owner = bucket.ownerAccountId().equals(call.accountId());
        if (policy == null && owner || ASK_THEMSELVES.contains(call.operation())) {
            return;
        }
        boolean version = call.request().query().has("versionId");
        var action = Actions.of(call.operation(), version);
        if (!permits(bucket, key, action, call) || hides(bucket, key, action, call)) {
            throw S3Error.ACCESS_DENIED.error();
        }
    }

    /** Who may not list a bucket is not told which objects it does not have. AWS: S3 API Reference, GetObject. */
    private boolean hides(Bucket bucket, @Nullable String key, String action, Call call) {
        return key != null
                && READS.contains(action)
                && bucket.history(key) == null
                && !permits(bucket, null, "s3:ListBucket", call);
    }

    /** Whether the caller may do something with a bucket or an object in it; the stack itself, which seeds it, may all. */
    boolean permits(Bucket bucket, @Nullable String key, String action, Call call) {
        return permits(bucket, key, action, call, null);
    }

    /** @param tags those that the request gives, where they do not stand in its headers */
    boolean permits(Bucket bucket, @Nullable String key, String action, Call call, @Nullable List<Tag> tags) {
        boolean owner = bucket.ownerAccountId().equals(call.accountId());
        if (owner && InProcess.made(call.request())) {
            return true;
        }
        var policy = policy(bucket);
        if (policy != null && !(owner && NEVER_DENIED.contains(action))) {
            boolean counts = owner || !(policy.isPublic() && block(bucket).restrictsPublicBuckets());
            switch (policy.decide(new PolicyContext(bucket, call).request(key, action, tags))) {
                case DENIED -> {
                    return false;
                }
                case ALLOWED -> {
                    if (counts) {
                        return true;
                    }
                }
                case SILENT -> {}
            }
        }
        return owner || permittedByAcl(bucket, key, action, call);
    }

    private static boolean permittedByAcl(Bucket bucket, @Nullable String key, String action, Call call) {
        if (!aclsCount(bucket)) {
            return false;
        }
        var caller = PolicyContext.principal(call).canonicalId();
        boolean ignorePublic = block(bucket).ignoresPublicAcls();
        var ofBucket = OF_BUCKETS.get(action);
        if (ofBucket != null) {
            return acl(bucket).permits(ofBucket, caller, ignorePublic);
        }
        var ofObject = OF_OBJECTS.get(action);
        var history = key == null ? null : bucket.history(key);
        if (ofObject == null || history == null) {
            return false;
        }
        var versionId = call.request().query().first("versionId");
        var version = versionId == null ? history.current() : history.find(versionId);
        return version instanceof ObjectVersion object && acl(bucket, object).permits(ofObject, caller, ignorePublic);
    }
}
