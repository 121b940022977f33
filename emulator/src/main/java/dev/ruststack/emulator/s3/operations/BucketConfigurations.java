package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.s3.S3Error;
import dev.ruststack.emulator.s3.Versioning;
import dev.ruststack.emulator.s3.configuration.AccelerateConfiguration;
import dev.ruststack.emulator.s3.configuration.AnalyticsConfiguration;
import dev.ruststack.emulator.s3.configuration.BucketLoggingStatus;
import dev.ruststack.emulator.s3.configuration.BucketTagging;
import dev.ruststack.emulator.s3.configuration.CorsConfiguration;
import dev.ruststack.emulator.s3.configuration.IntelligentTieringConfiguration;
import dev.ruststack.emulator.s3.configuration.InventoryConfiguration;
import dev.ruststack.emulator.s3.configuration.LifecycleConfiguration;
import dev.ruststack.emulator.s3.configuration.MetricsConfiguration;
import dev.ruststack.emulator.s3.configuration.NotificationConfiguration;
import dev.ruststack.emulator.s3.configuration.OwnershipControls;
import dev.ruststack.emulator.s3.configuration.PublicAccessBlockConfiguration;
import dev.ruststack.emulator.s3.configuration.ReplicationConfiguration;
import dev.ruststack.emulator.s3.configuration.RequestPaymentConfiguration;
import dev.ruststack.emulator.s3.configuration.ServerSideEncryptionConfiguration;
import dev.ruststack.emulator.s3.configuration.WebsiteConfiguration;
import dev.ruststack.emulator.s3.operations.StoredConfiguration.Names;
import dev.ruststack.emulator.s3.store.Bucket;
import dev.ruststack.emulator.s3.store.Buckets;
import java.util.ArrayList;
import java.util.List;

/** The configurations of buckets that are kept and given back: one line each. */
public final class BucketConfigurations {
    private final Access access;
    private final Buckets buckets;

    public BucketConfigurations(Access access, Buckets buckets) {
        this.access = access;
        this.buckets = buckets;
    }

    /** The operations of all of them. */
    public List<Operation<?, ?>> operations() {
        var operations = new ArrayList<Operation<?, ?>>();
        once().forEach(each -> operations.addAll(each.operations(access)));
        byId().forEach(each -> operations.addAll(each.operations(access)));
        return operations;
    }

    private List<StoredConfiguration<?>> once() {
        return List.of(
                new StoredConfiguration<>(
                        AccelerateConfiguration.KIND,
                        Names.of("BucketAccelerateConfiguration", "accelerate"),
                        Absence.value(AccelerateConfiguration.NEVER_SET),
                        (document, bucket, call) -> document.checked(bucket.name())),
                new StoredConfiguration<>(
                        BucketLoggingStatus.KIND,
                        Names.of("BucketLogging", "logging"),
                        Absence.value(BucketLoggingStatus.OFF),
                        this::logging),
                new StoredConfiguration<>(
                        BucketTagging.KIND,
                        Names.of("BucketTagging", "tagging")
                                .deletedBy("DeleteBucketTagging")
                                .puttingAnswers204()
                                .needingDigest(),
                        new Absence<>(null, BucketTagging.NONE, S3Error.NO_SUCH_TAG_SET),
                        (document, bucket, call) -> document.checked()),
                new StoredConfiguration<>(
                        CorsConfiguration.KIND,
                        Names.of("BucketCors", "cors")
                                .deletedBy("DeleteBucketCors")
                                .needingDigest(),
                        Absence.error(S3Error.NO_SUCH_CORS_CONFIGURATION),
                        (document, bucket, call) -> document.checked()),
                new StoredConfiguration<>(
                        LifecycleConfiguration.KIND,
                        Names.of("BucketLifecycleConfiguration", "lifecycle")
                                .deletedBy("DeleteBucketLifecycle")
                                .needingDigest(),
                        Absence.error(S3Error.NO_SUCH_LIFECYCLE_CONFIGURATION),
                        (document, bucket, call) ->
                                document.checked(call.request().headers().first(LifecycleConfiguration.SIZE_HEADER))),
                new StoredConfiguration<>(
                        NotificationConfiguration.KIND,
                        Names.of("BucketNotificationConfiguration", "notification"),
                        Absence.value(NotificationConfiguration.NONE),
                        (document, bucket, call) -> notification(document)),
                new StoredConfiguration<>(
                        OwnershipControls.KIND,
                        Names.of("BucketOwnershipControls", "ownershipControls")
                                .deletedBy("DeleteBucketOwnershipControls"),
                        new Absence<>(
                                OwnershipControls.DEFAULT,
                                OwnershipControls.REMOVED,
                                S3Error.OWNERSHIP_CONTROLS_NOT_FOUND),
                        (document, bucket, call) -> document.checked()),
                new StoredConfiguration<>(
                        PublicAccessBlockConfiguration.KIND,
                        Names.of("PublicAccessBlock", "publicAccessBlock").deletedBy("DeletePublicAccessBlock"),
                        new Absence<>(
                                PublicAccessBlockConfiguration.DEFAULT,
                                PublicAccessBlockConfiguration.REMOVED,
                                S3Error.NO_SUCH_PUBLIC_ACCESS_BLOCK_CONFIGURATION),
                        (document, bucket, call) -> document.checked()),
                new StoredConfiguration<>(
                        ReplicationConfiguration.KIND,
                        Names.of("BucketReplication", "replication").deletedBy("DeleteBucketReplication"),
                        Absence.error(S3Error.REPLICATION_CONFIGURATION_NOT_FOUND),
                        this::replication),
                new StoredConfiguration<>(
                        RequestPaymentConfiguration.KIND,
                        Names.of("BucketRequestPayment", "requestPayment"),
                        Absence.value(RequestPaymentConfiguration.DEFAULT),
                        (document, bucket, call) -> document.checked()),
                new StoredConfiguration<>(
                        ServerSideEncryptionConfiguration.KIND,
                        Names.of("BucketEncryption", "encryption").deletedBy("DeleteBucketEncryption"),
                        Absence.value(ServerSideEncryptionConfiguration.DEFAULT),
                        (document, bucket, call) -> document.checked()),
                new StoredConfiguration<>(
                        WebsiteConfiguration.KIND,
                        Names.of("BucketWebsite", "website").deletedBy("DeleteBucketWebsite"),
                        Absence.error(S3Error.NO_SUCH_WEBSITE_CONFIGURATION),
                        (document, bucket, call) -> document.checked()));
    }

    private static List<StoredConfigurations<?>> byId() {
        return List.of(
                new StoredConfigurations<>(
                        AnalyticsConfiguration.KIND,
                        new StoredConfigurations.Names(
                                "BucketAnalyticsConfiguration", "analytics", S3Error.MALFORMED_XML),
                        AnalyticsConfiguration::id,
                        AnalyticsConfiguration::checked,
                        new StoredConfigurations.Listing<>(
                                ListedConfigurations.Analytics.class, ListedConfigurations.Analytics::of)),
                new StoredConfigurations<>(
                        IntelligentTieringConfiguration.KIND,
                        new StoredConfigurations.Names(
                                "BucketIntelligentTieringConfiguration", "intelligent-tiering", S3Error.MALFORMED_XML),
                        IntelligentTieringConfiguration::id,
                        IntelligentTieringConfiguration::checked,
                        new StoredConfigurations.Listing<>(
                                ListedConfigurations.IntelligentTiering.class,
                                ListedConfigurations.IntelligentTiering::of)),
                new StoredConfigurations<>(
                        InventoryConfiguration.KIND,
                        new StoredConfigurations.Names(
                                "BucketInventoryConfiguration", "inventory", S3Error.ID_MISMATCH),
                        InventoryConfiguration::id,
                        InventoryConfiguration::checked,
                        new StoredConfigurations.Listing<>(
                                ListedConfigurations.Inventory.class, ListedConfigurations.Inventory::of)),
                new StoredConfigurations<>(
                        MetricsConfiguration.KIND,
                        new StoredConfigurations.Names("BucketMetricsConfiguration", "metrics", S3Error.MALFORMED_XML),
                        MetricsConfiguration::id,
                        MetricsConfiguration::checked,
                        new StoredConfigurations.Listing<>(
                                ListedConfigurations.Metrics.class, ListedConfigurations.Metrics::of)));
    }

    /** A log goes to a bucket of the same owner in the same region. */
    private BucketLoggingStatus logging(BucketLoggingStatus document, Bucket bucket, Call call) {
        var logging = document.checked().loggingEnabled();
        if (logging != null) {
            var name = String.valueOf(logging.targetBucket());
            var target = buckets.find(name);
            if (target == null || !target.ownerAccountId().equals(bucket.ownerAccountId())) {
                throw S3Error.INVALID_TARGET_BUCKET_FOR_LOGGING
                        .saying("The target bucket for logging does not exist")
                        .with("TargetBucket", name);
            }
            if (!target.region().equals(bucket.region())) {
                throw S3Error.CROSS_LOCATION_LOGGING_PROHIBITED
                        .saying("Cross S3 location logging not allowed. ")
                        .with("TargetBucketLocation", target.region());
            }
        }
        return document;
    }

    /** Functions that are to hear of something must be there. */
    private NotificationConfiguration notification(NotificationConfiguration document) {
        var checked = document.checked();
        for (var function : checked.functions()) {
            var arn = String.valueOf(function.cloudFunction());
            if (!access.notifications().exists(arn)) {
                throw S3Error.invalidArgument(
                        "Unable to validate the following destination configurations",
                        arn,
                        "The destination Lambda does not exist");
            }
        }
        return checked;
    }

    private ReplicationConfiguration replication(ReplicationConfiguration document, Bucket bucket, Call call) {
        var checked = document.checked();
        if (bucket.versioning() != Versioning.ENABLED) {
            throw S3Error.INVALID_REQUEST.saying(
                    "Versioning must be 'Enabled' on the bucket to apply a replication configuration");
        }
        for (var name : checked.destinations()) {
            var destination = buckets.find(name);
            if (destination == null) {
                throw S3Error.INVALID_REQUEST.saying("Destination bucket must exist.");
            }
            if (destination.versioning() != Versioning.ENABLED) {
                throw S3Error.INVALID_REQUEST.saying("Destination bucket must have versioning enabled.");
            }
        }
        return checked;
    }
}
