package dev.ruststack.emulator.s3.configuration;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What S3 is to learn from accesses; RustStack learns nothing. AWS: S3 API Reference, PutBucketAnalyticsConfiguration. */
public record AnalyticsConfiguration(
        @Nullable String id,
        @Nullable TagFilter filter,
        @Nullable StorageClassAnalysis storageClassAnalysis) {
    public static final ConfigurationKind<AnalyticsConfiguration> KIND =
            new ConfigurationKind<>("analytics", AnalyticsConfiguration.class);

    /** What is done with it. */
    public record StorageClassAnalysis(@Nullable DataExport dataExport) {}

    /** How it is exported. */
    public record DataExport(
            @Nullable String outputSchemaVersion, @Nullable Destination destination) {}

    /** Where to. */
    public record Destination(@Nullable S3BucketDestination s3BucketDestination) {}

    /** A bucket. */
    public record S3BucketDestination(
            @Nullable String format,
            @Nullable String bucketAccountId,
            @Nullable String bucket,
            @Nullable String prefix) {}

    /** The document, where S3 takes it. */
    public AnalyticsConfiguration checked() {
        var export = Check.present(storageClassAnalysis).dataExport;
        if (filter != null) {
            filter.check();
        }
        if (export != null) {
            Check.oneOf(export.outputSchemaVersion, Set.of("V_1"));
            var bucket = Check.present(Check.present(export.destination).s3BucketDestination);
            Check.oneOf(bucket.format, Set.of("CSV"));
            Check.present(bucket.bucket);
        }
        return this;
    }
}
