package dev.ruststack.emulator.s3.configuration;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Every kind of configuration that there is. */
public final class ConfigurationKinds {
    private static final List<ConfigurationKind<?>> ALL = List.of(
            AccelerateConfiguration.KIND,
            AccessControlPolicy.KIND,
            AnalyticsConfiguration.KIND,
            BucketLoggingStatus.KIND,
            BucketPolicy.KIND,
            BucketTagging.KIND,
            CorsConfiguration.KIND,
            IntelligentTieringConfiguration.KIND,
            InventoryConfiguration.KIND,
            LifecycleConfiguration.KIND,
            MetricsConfiguration.KIND,
            NotificationConfiguration.KIND,
            ObjectLockConfiguration.KIND,
            OwnershipControls.KIND,
            PublicAccessBlockConfiguration.KIND,
            ReplicationConfiguration.KIND,
            RequestPaymentConfiguration.KIND,
            ServerSideEncryptionConfiguration.KIND,
            VersioningConfiguration.KIND,
            WebsiteConfiguration.KIND);

    private static final Map<String, ConfigurationKind<?>> BY_NAME =
            ALL.stream().collect(Collectors.toUnmodifiableMap(ConfigurationKind::name, Function.identity()));

    private ConfigurationKinds() {}

    /** The kind that the journal calls so, or null. */
    public static @Nullable ConfigurationKind<?> named(String name) {
        return BY_NAME.get(name);
    }
}
