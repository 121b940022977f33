package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.s3.CopySource;
import dev.ruststack.emulator.s3.Owner;
import dev.ruststack.emulator.s3.S3Error;
import dev.ruststack.emulator.s3.configuration.AccessControlPolicy;
import dev.ruststack.emulator.s3.store.Bucket;
import dev.ruststack.emulator.s3.store.Buckets;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The checks that stand at the beginning of every operation on a bucket. */
public final class Access {
    private static final Pattern ACCOUNT_ID = Pattern.compile("\\d{12}");
    private static final int MAX_KEY_BYTES = 1024;

    /** The replacement character as a client sends it: in a decoded key, any other stands for bytes that are no UTF-8. */
    private static final Pattern ENCODED_REPLACEMENT = Pattern.compile("%EF%BF%BD|\\uFFFD", Pattern.CASE_INSENSITIVE);

    private final Buckets buckets;
    private final Notifications notifications;
    private final AccessRules rules = new AccessRules();

    public Access(Buckets buckets, Notifications notifications) {
        this.buckets = buckets;
        this.notifications = notifications;
    }

    /** Who hears of what is done. */
    Notifications notifications() {
        return notifications;
    }

    /** The ACL that a request names for the object that it makes; null where the owner alone may anything. */
    @Nullable
    AccessControlPolicy acl(Bucket bucket, Call call) {
        if (!AccessRules.aclsCount(bucket)) {
            return null;
        }
        var owner = Owner.ofAccount(bucket.ownerAccountId());
        var acl = AclRequest.ofHeaders(call.request().headers(), owner, owner);
        if (acl == null || acl.equals(AccessControlPolicy.ownedBy(owner))) {
            return null;
        }
        AccessRules.checkPublic(acl, bucket);
        return acl;
    }

    /** Policies and ACLs. */
    AccessRules rules() {
        return rules;
    }

    /**
     * The bucket, where the caller may do with it what the call is about, and it belongs to whom the caller expects.
     *
     * @param expectedOwner the header {@code x-amz-expected-bucket-owner}
     */
    Bucket bucket(String name, @Nullable String expectedOwner, Call call) {
        var headers = call.request().headers();
        UnsupportedHeaders.refuse(headers, header -> setsAcl(call) && UnsupportedHeaders.namesAcl(header));
        var bucket = bucketOf(name, expectedOwner);
        rules.check(bucket, null, call);
        return bucket;
    }

    /** As {@link #bucket}, with the key that the operation is about. */
    Bucket bucket(String name, String key, @Nullable String expectedOwner, Call call) {
        var bucket = bucketOf(name, expectedOwner);
        var headers = call.request().headers();
        UnsupportedHeaders.refuse(
                headers,
                header -> UnsupportedHeaders.namesAcl(header) && (setsAcl(call) || !AccessRules.aclsCount(bucket)));
        if (!setsAcl(call) && !AccessRules.aclsCount(bucket)) {
            AclRequest.refuse(headers);
        }
        rules.check(bucket, key, call);
        if (key.indexOf('\uFFFD') >= 0
                && !ENCODED_REPLACEMENT.matcher(call.request().rawPath()).find()) {
            throw S3Error.INVALID_URI.error();
        }
        int length = key.getBytes(StandardCharsets.UTF_8).length;
        if (length > MAX_KEY_BYTES) {
            throw S3Error.KEY_TOO_LONG
                    .with("Size", Integer.toString(length))
                    .with("MaxSizeAllowed", Integer.toString(MAX_KEY_BYTES));
        }
        return bucket;
    }

    /** The bucket to copy from; {@code expectedOwner} is the header {@code x-amz-source-expected-bucket-owner}. */
    Bucket source(CopySource source, @Nullable String expectedOwner, Call call) {
        var bucket = bucketOf(source.bucket(), expectedOwner);
        var action = source.versionId() == null ? "s3:GetObject" : "s3:GetObjectVersion";
        if (!rules.permits(bucket, source.key(), action, call)) {
            throw S3Error.ACCESS_DENIED.error();
        }
        return bucket;
    }

    /** Whether the caller may pass over retention of mode GOVERNANCE, where it is asked for. */
    boolean bypasses(boolean asked, Bucket bucket, String key, Call call) {
        return asked && rules.permits(bucket, key, "s3:BypassGovernanceRetention", call);
    }

    private static boolean setsAcl(Call call) {
        return call.operation().equals("PutBucketAcl") || call.operation().equals("PutObjectAcl");
    }

    /** The bucket, whoever may do what with it. */
    Bucket bucketOf(String name, @Nullable String expectedOwner) {
        if (expectedOwner != null && !ACCOUNT_ID.matcher(expectedOwner).matches()) {
            throw S3Error.INVALID_BUCKET_OWNER_AWS_ACCOUNT_ID.error();
        }
        var bucket = buckets.require(name);
        if (expectedOwner != null && !expectedOwner.equals(bucket.ownerAccountId())) {
            throw S3Error.ACCESS_DENIED.error();
        }
        return bucket;
    }
}
