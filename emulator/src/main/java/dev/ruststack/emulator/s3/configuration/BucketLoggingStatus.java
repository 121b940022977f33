package dev.ruststack.emulator.s3.configuration;

import dev.ruststack.emulator.aws.wire.XmlName;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where the log of accesses to a bucket goes; RustStack writes none. AWS: S3 API Reference, PutBucketLogging. */
public record BucketLoggingStatus(@Nullable LoggingEnabled loggingEnabled) {
    public static final ConfigurationKind<BucketLoggingStatus> KIND =
            new ConfigurationKind<>("logging", BucketLoggingStatus.class);

    /** What holds where nothing is set. */
    public static final BucketLoggingStatus OFF = new BucketLoggingStatus(null);

    private static final Set<String> DATE_SOURCES = Set.of("EventTime", "DeliveryTime");

    /** The log is on. */
    public record LoggingEnabled(
            @Nullable String targetBucket,
            @Nullable List<TargetGrant> targetGrants,
            @Nullable TargetObjectKeyFormat targetObjectKeyFormat,
            @Nullable String targetPrefix) {}

    /** Who may read it. */
    @XmlName("Grant")
    public record TargetGrant(
            @Nullable Grantee grantee, @Nullable String permission) {}

    /** How its objects are called: one of the two. */
    public record TargetObjectKeyFormat(
            @Nullable PartitionedPrefix partitionedPrefix,
            @Nullable SimplePrefix simplePrefix) {}

    /** By date. */
    public record PartitionedPrefix(@Nullable String partitionDateSource) {}

    /** Prefix and time. */
    public record SimplePrefix() {}

    /** The document, where S3 takes it. */
    public BucketLoggingStatus checked() {
        if (loggingEnabled != null) {
            Check.present(loggingEnabled.targetBucket);
            Check.present(loggingEnabled.targetPrefix);
            var format = loggingEnabled.targetObjectKeyFormat;
            if (format != null) {
                Check.that((format.partitionedPrefix == null) != (format.simplePrefix == null));
                Check.that(format.partitionedPrefix == null
                        || DATE_SOURCES.contains(String.valueOf(format.partitionedPrefix.partitionDateSource)));
            }
        }
        return this;
    }
}
