package dev.ruststack.emulator.s3.configuration;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether S3 Transfer Acceleration is on. AWS: S3 API Reference, PutBucketAccelerateConfiguration. */
public record AccelerateConfiguration(@Nullable String status) {
    public static final ConfigurationKind<AccelerateConfiguration> KIND =
            new ConfigurationKind<>("accelerate", AccelerateConfiguration.class);

    /** What holds where nothing was ever set. */
    public static final AccelerateConfiguration NEVER_SET = new AccelerateConfiguration(null);

    private static final Set<String> STATUS = Set.of("Enabled", "Suspended");

    /** The document, where S3 takes it for this bucket. */
    public AccelerateConfiguration checked(String bucketName) {
        Check.oneOf(status, STATUS);
        Check.request(
                !bucketName.contains("."),
                "S3 Transfer Acceleration is not supported for buckets with periods (.) in their names");
        return this;
    }
}
