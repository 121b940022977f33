package dev.ruststack.emulator.seed;

import dev.ruststack.crds.bucket.BucketSpec;
import dev.ruststack.crds.bucket.Notification;
import dev.ruststack.crds.bucket.Versioning;
import dev.ruststack.emulator.s3.configuration.BucketLoggingStatus;
import dev.ruststack.emulator.s3.configuration.BucketTagging;
import dev.ruststack.emulator.s3.configuration.CorsConfiguration;
import dev.ruststack.emulator.s3.configuration.LifecycleConfiguration;
import dev.ruststack.emulator.s3.configuration.NotificationConfiguration;
import dev.ruststack.emulator.s3.configuration.ObjectLockConfiguration;
import dev.ruststack.emulator.s3.configuration.OwnershipControls;
import dev.ruststack.emulator.s3.configuration.PublicAccessBlockConfiguration;
import dev.ruststack.emulator.s3.configuration.ReplicationConfiguration;
import dev.ruststack.emulator.s3.configuration.RequestPaymentConfiguration;
import dev.ruststack.emulator.s3.configuration.ServerSideEncryptionConfiguration;
import dev.ruststack.emulator.s3.configuration.WebsiteConfiguration;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one bucket. One that the bucket has already is not put again, so that nothing is written, and nobody
 * told, where nothing changes.
 */
final class BucketSettings {
    /** What cannot be declared, since it has no effect here, and goes with everything that is not declared. */
    private static final List<BucketSetting> NEVER_DECLARED = List.of(
            document(
                    new DocumentSetting.Name("replication", "replication", "BucketReplication"),
                    ReplicationConfiguration.class,
                    null,
                    null),
            document(
                    new DocumentSetting.Name("logging", "logging", "BucketLogging"),
                    BucketLoggingStatus.class,
                    null,
                    BucketLoggingStatus.OFF),
            document(
                    new DocumentSetting.Name("requestPayment", "requestPayment", "BucketRequestPayment"),
                    RequestPaymentConfiguration.class,
                    null,
                    RequestPaymentConfiguration.DEFAULT));

    private final BucketSpec bucket;
    private final List<BucketSetting> all;
    private final BucketSetting notification;

    /** @param functionArn the ARN of a function of the stack, by its name */
    BucketSettings(BucketSpec bucket, UnaryOperator<String> functionArn) {
        this.bucket = bucket;
        this.all = settings(bucket);
        this.notification = notification(bucket.notification(), functionArn);
    }

    /** In an order in which each finds what it needs: who may be let in before who is. */
    private static List<BucketSetting> settings(BucketSpec bucket) {
        return List.of(
                document(
                        new DocumentSetting.Name("objectOwnership", "ownershipControls", "BucketOwnershipControls"),
                        OwnershipControls.class,
                        bucket.objectOwnership() == null ? null : OwnershipControls.of(bucket.objectOwnership()),
                        OwnershipControls.DEFAULT),
                document(
                        new DocumentSetting.Name("publicAccessBlock", "publicAccessBlock", "PublicAccessBlock"),
                        PublicAccessBlockConfiguration.class,
                        BucketDocuments.publicAccessBlock(bucket.publicAccessBlock()),
                        PublicAccessBlockConfiguration.DEFAULT),
                new AclSetting(bucket.acl()),
                new VersioningSetting(versioning(bucket)),
                document(
                        new DocumentSetting.Name("objectLock", "object-lock", "ObjectLockConfiguration"),
                        ObjectLockConfiguration.class,
                        BucketDocuments.objectLock(bucket.objectLock()),
                        null),
                document(
                        new DocumentSetting.Name("encryption", "encryption", "BucketEncryption"),
                        ServerSideEncryptionConfiguration.class,
                        BucketDocuments.encryption(bucket.encryption()),
                        ServerSideEncryptionConfiguration.DEFAULT),
                document(
                        new DocumentSetting.Name("tags", "tagging", "BucketTagging"),
                        BucketTagging.class,
                        bucket.tags().isEmpty() ? null : new BucketTagging(BucketDocuments.tags(bucket.tags())),
                        null),
                document(
                        new DocumentSetting.Name("cors", "cors", "BucketCors"),
                        CorsConfiguration.class,
                        BucketDocuments.cors(bucket.cors()),
                        null),
                document(
                        new DocumentSetting.Name("website", "website", "BucketWebsite"),
                        WebsiteConfiguration.class,
                        WebsiteDocument.of(bucket.website()),
                        null),
                document(
                        new DocumentSetting.Name("lifecycle", "lifecycle", "BucketLifecycleConfiguration"),
                        LifecycleConfiguration.class,
                        LifecycleDocument.of(bucket.lifecycle()),
                        null),
                new PolicySetting(bucket.policy()));
    }

    private static <T extends Record> BucketSetting document(
            DocumentSetting.Name name, Class<T> type, @Nullable T document, @Nullable T fresh) {
        return new DocumentSetting<>(name, type, document, fresh);
    }

    /** Locks need versions. */
    private static @Nullable String versioning(BucketSpec bucket) {
        if (bucket.versioning() != null) {
            return bucket.versioning().status();
        }
        return bucket.objectLock() == null ? null : Versioning.ENABLED;
    }

    private static BucketSetting notification(@Nullable Notification declared, UnaryOperator<String> functionArn) {
        return document(
                new DocumentSetting.Name("notification", "notification", "BucketNotificationConfiguration"),
                NotificationConfiguration.class,
                BucketDocuments.notification(declared, functionArn),
                NotificationConfiguration.NONE);
    }

    /**
     * Gives the bucket every declared setting but its notifications.
     *
     * @param exact whether a setting that is not declared becomes that of a new bucket
     */
    void apply(Calls s3, boolean exact) throws SeedException, IOException {
        for (var setting : NEVER_DECLARED) {
            apply(setting, s3, exact);
        }
        for (var setting : all) {
            apply(setting, s3, exact);
        }
        if (!notification.declared()) {
            apply(notification, s3, exact);
        }
    }

    /** Gives the bucket its declared notifications, once there are the functions. */
    void applyNotification(Calls s3) throws SeedException, IOException {
        apply(notification, s3, false);
    }

    private void apply(BucketSetting setting, Calls s3, boolean exact) throws SeedException, IOException {
        if ((setting.declared() || exact) && !setting.holds(s3, bucket.name())) {
            setting.put(s3, bucket.name());
        }
    }

    /** The first declared setting that the bucket does not have; null where it has them all. */
    @Nullable
    String changed(Calls s3) throws SeedException, IOException {
        for (var setting : all) {
            if (setting.declared() && !setting.holds(s3, bucket.name())) {
                return setting.field();
            }
        }
        return !notification.declared() || notification.holds(s3, bucket.name()) ? null : notification.field();
    }
}
