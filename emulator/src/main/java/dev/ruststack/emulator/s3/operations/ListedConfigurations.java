package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.wire.XmlFlattened;
import dev.ruststack.emulator.aws.wire.XmlName;
import dev.ruststack.emulator.s3.configuration.AnalyticsConfiguration;
import dev.ruststack.emulator.s3.configuration.IntelligentTieringConfiguration;
import dev.ruststack.emulator.s3.configuration.InventoryConfiguration;
import dev.ruststack.emulator.s3.configuration.MetricsConfiguration;
import dev.ruststack.emulator.s3.operations.StoredConfigurations.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answers of those lists of configurations that have pages: alike but for their names. */
final class ListedConfigurations {
    private ListedConfigurations() {}

    /** AWS: S3 API Reference, ListBucketAnalyticsConfigurations. */
    @XmlName("ListBucketAnalyticsConfigurationResult")
    record Analytics(
            boolean isTruncated,
            @Nullable String continuationToken,
            @Nullable String nextContinuationToken,

            @XmlFlattened @XmlName("AnalyticsConfiguration") List<AnalyticsConfiguration> items) {
        static Analytics of(Page<AnalyticsConfiguration> page) {
            return new Analytics(page.truncated(), page.token(), page.nextToken(), page.items());
        }
    }

    /** AWS: S3 API Reference, ListBucketIntelligentTieringConfigurations. */
    @XmlName("ListBucketIntelligentTieringConfigurationsOutput")
    record IntelligentTiering(
            boolean isTruncated,
            @Nullable String continuationToken,
            @Nullable String nextContinuationToken,

            @XmlFlattened @XmlName("IntelligentTieringConfiguration")
            List<IntelligentTieringConfiguration> items) {
        static IntelligentTiering of(Page<IntelligentTieringConfiguration> page) {
            return new IntelligentTiering(page.truncated(), page.token(), page.nextToken(), page.items());
        }
    }

    /** AWS: S3 API Reference, ListBucketInventoryConfigurations. */
    @XmlName("ListInventoryConfigurationsResult")
    record Inventory(
            @Nullable String continuationToken,

            @XmlFlattened @XmlName("InventoryConfiguration") List<InventoryConfiguration> items,

            boolean isTruncated,
            @Nullable String nextContinuationToken) {
        static Inventory of(Page<InventoryConfiguration> page) {
            return new Inventory(page.token(), page.items(), page.truncated(), page.nextToken());
        }
    }

    /** AWS: S3 API Reference, ListBucketMetricsConfigurations. */
    @XmlName("ListMetricsConfigurationsResult")
    record Metrics(
            boolean isTruncated,
            @Nullable String continuationToken,
            @Nullable String nextContinuationToken,

            @XmlFlattened @XmlName("MetricsConfiguration") List<MetricsConfiguration> items) {
        static Metrics of(Page<MetricsConfiguration> page) {
            return new Metrics(page.truncated(), page.token(), page.nextToken(), page.items());
        }
    }
}
