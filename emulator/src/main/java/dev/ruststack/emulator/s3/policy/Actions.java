package dev.ruststack.emulator.s3.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The actions of S3 in policies. AWS: Service Authorization Reference, Actions defined by Amazon S3. */
public final class Actions {
    /** Actions of operations that are not called like them. */
    private static final Map<String, String> BY_OPERATION = Map.ofEntries(
            Map.entry("CompleteMultipartUpload", "PutObject"),
            Map.entry("CopyObject", "PutObject"),
            Map.entry("CreateMultipartUpload", "PutObject"),
            Map.entry("DeleteBucketAnalyticsConfiguration", "PutAnalyticsConfiguration"),
            Map.entry("DeleteBucketCors", "PutBucketCORS"),
            Map.entry("DeleteBucketEncryption", "PutEncryptionConfiguration"),
            Map.entry("DeleteBucketIntelligentTieringConfiguration", "PutIntelligentTieringConfiguration"),
            Map.entry("DeleteBucketInventoryConfiguration", "PutInventoryConfiguration"),
            Map.entry("DeleteBucketLifecycle", "PutLifecycleConfiguration"),
            Map.entry("DeleteBucketMetricsConfiguration", "PutMetricsConfiguration"),
            Map.entry("DeleteBucketOwnershipControls", "PutBucketOwnershipControls"),
            Map.entry("DeleteBucketReplication", "PutReplicationConfiguration"),
            Map.entry("DeleteBucketTagging", "PutBucketTagging"),
            Map.entry("DeleteObjects", "DeleteObject"),
            Map.entry("DeletePublicAccessBlock", "PutBucketPublicAccessBlock"),
            Map.entry("GetBucketAccelerateConfiguration", "GetAccelerateConfiguration"),
            Map.entry("GetBucketAnalyticsConfiguration", "GetAnalyticsConfiguration"),
            Map.entry("GetBucketCors", "GetBucketCORS"),
            Map.entry("GetBucketEncryption", "GetEncryptionConfiguration"),
            Map.entry("GetBucketIntelligentTieringConfiguration", "GetIntelligentTieringConfiguration"),
            Map.entry("GetBucketInventoryConfiguration", "GetInventoryConfiguration"),
            Map.entry("GetBucketLifecycleConfiguration", "GetLifecycleConfiguration"),
            Map.entry("GetBucketMetricsConfiguration", "GetMetricsConfiguration"),
            Map.entry("GetBucketNotificationConfiguration", "GetBucketNotification"),
            Map.entry("GetBucketReplication", "GetReplicationConfiguration"),
            Map.entry("GetObjectLockConfiguration", "GetBucketObjectLockConfiguration"),
            Map.entry("GetPublicAccessBlock", "GetBucketPublicAccessBlock"),
            Map.entry("HeadBucket", "ListBucket"),
            Map.entry("HeadObject", "GetObject"),
            Map.entry("ListBucketAnalyticsConfigurations", "GetAnalyticsConfiguration"),
            Map.entry("ListBucketIntelligentTieringConfigurations", "GetIntelligentTieringConfiguration"),
            Map.entry("ListBucketInventoryConfigurations", "GetInventoryConfiguration"),
            Map.entry("ListBucketMetricsConfigurations", "GetMetricsConfiguration"),
            Map.entry("ListBuckets", "ListAllMyBuckets"),
            Map.entry("ListMultipartUploads", "ListBucketMultipartUploads"),
            Map.entry("ListObjectVersions", "ListBucketVersions"),
            Map.entry("ListObjects", "ListBucket"),
            Map.entry("ListObjectsV2", "ListBucket"),
            Map.entry("ListParts", "ListMultipartUploadParts"),
            Map.entry("PostObject", "PutObject"),
            Map.entry("PutBucketAccelerateConfiguration", "PutAccelerateConfiguration"),
            Map.entry("PutBucketAnalyticsConfiguration", "PutAnalyticsConfiguration"),
            Map.entry("PutBucketCors", "PutBucketCORS"),
            Map.entry("PutBucketEncryption", "PutEncryptionConfiguration"),
            Map.entry("PutBucketIntelligentTieringConfiguration", "PutIntelligentTieringConfiguration"),
            Map.entry("PutBucketInventoryConfiguration", "PutInventoryConfiguration"),
            Map.entry("PutBucketLifecycleConfiguration", "PutLifecycleConfiguration"),
            Map.entry("PutBucketMetricsConfiguration", "PutMetricsConfiguration"),
            Map.entry("PutBucketNotificationConfiguration", "PutBucketNotification"),
            Map.entry("PutBucketReplication", "PutReplicationConfiguration"),
            Map.entry("PutObjectLockConfiguration", "PutBucketObjectLockConfiguration"),
            Map.entry("PutPublicAccessBlock", "PutBucketPublicAccessBlock"),
            Map.entry("RenameObject", "PutObject"),
            Map.entry("UploadPart", "PutObject"),
            Map.entry("UploadPartCopy", "PutObject"));

    /** Actions that are about the object's version where one is named. */
    private static final Set<String> OF_VERSIONS = Set.of(
            "GetObject",
            "GetObjectAcl",
            "GetObjectAttributes",
            "GetObjectTagging",
            "DeleteObject",
            "DeleteObjectTagging",
            "PutObjectAcl",
            "PutObjectTagging");

    private static final Set<String> OBJECT_ACTIONS = lower("AbortMultipartUpload BypassGovernanceRetention "
            + "DeleteObject DeleteObjectTagging DeleteObjectVersion DeleteObjectVersionTagging GetObject GetObjectAcl "
            + "GetObjectAttributes GetObjectLegalHold GetObjectRetention GetObjectTagging GetObjectTorrent "
            + "GetObjectVersion GetObjectVersionAcl GetObjectVersionAttributes GetObjectVersionForReplication "
            + "GetObjectVersionTagging GetObjectVersionTorrent InitiateReplication ListMultipartUploadParts "
            + "ObjectOwnerOverrideToBucketOwner PutObject PutObjectAcl PutObjectLegalHold PutObjectRetention "
            + "PutObjectTagging PutObjectVersionAcl PutObjectVersionTagging ReplicateDelete ReplicateObject "
            + "ReplicateTags RestoreObject UpdateObjectEncryption");

    private static final Set<String> BUCKET_ACTIONS = lower("CreateBucket DeleteBucket DeleteBucketPolicy "
            + "DeleteBucketWebsite GetAccelerateConfiguration GetAnalyticsConfiguration GetBucketAbac GetBucketAcl "
            + "GetBucketCORS GetBucketLocation GetBucketLogging GetBucketNotification GetBucketObjectLockConfiguration "
            + "GetBucketOwnershipControls GetBucketPolicy GetBucketPolicyStatus GetBucketPublicAccessBlock "
            + "GetBucketRequestPayment GetBucketTagging GetBucketVersioning GetBucketWebsite "
            + "GetEncryptionConfiguration GetIntelligentTieringConfiguration GetInventoryConfiguration "
            + "GetLifecycleConfiguration GetMetricsConfiguration GetReplicationConfiguration ListBucket "
            + "ListBucketMultipartUploads ListBucketVersions PutAccelerateConfiguration PutAnalyticsConfiguration "
            + "PutBucketAbac PutBucketAcl PutBucketCORS PutBucketLogging PutBucketNotification "
            + "PutBucketObjectLockConfiguration PutBucketOwnershipControls PutBucketPolicy "
            + "PutBucketPublicAccessBlock PutBucketRequestPayment PutBucketTagging PutBucketVersioning "
            + "PutBucketWebsite PutEncryptionConfiguration PutIntelligentTieringConfiguration "
            + "PutInventoryConfiguration PutLifecycleConfiguration PutMetricsConfiguration "
            + "PutReplicationConfiguration");

    private Actions() {}

    /** The action that an operation needs, such as {@code s3:GetObject}. */
    public static String of(String operation, boolean withVersionId) {
        var action = BY_OPERATION.getOrDefault(operation, operation);
        return "s3:" + (withVersionId && OF_VERSIONS.contains(action) ? ofVersion(action) : action);
    }

    private static String ofVersion(String action) {
        return action.replace("Object", "ObjectVersion");
    }

    /** Whether there is an action that the pattern, in lower case, may mean. */
    static boolean isKnown(String pattern) {
        return Stream.concat(OBJECT_ACTIONS.stream(), BUCKET_ACTIONS.stream())
                .anyMatch(action -> Wildcard.matches(pattern, action));
    }

    /** Whether the action, in lower case, is about objects. */
    static boolean isAboutObjects(String action) {
        return OBJECT_ACTIONS.contains(action);
    }

    private static Set<String> lower(String names) {
        return Arrays.stream(names.toLowerCase(Locale.ROOT).split(" "))
                .map(name -> "s3:" + name)
                .collect(Collectors.toUnmodifiableSet());
    }
}
