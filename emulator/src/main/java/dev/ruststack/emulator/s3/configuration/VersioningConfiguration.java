package dev.ruststack.emulator.s3.configuration;

import dev.ruststack.emulator.s3.Versioning;
import org.jspecify.annotations.Nullable;

/**
 * Whether a bucket keeps older versions; set with {@link dev.ruststack.emulator.s3.store.Bucket#changeVersioning}. AWS:
 * S3 API Reference, PutBucketVersioning.
 *
 * @param status Enabled or Suspended
 * @param mfaDelete Disabled, or null where it was never named
 */
public record VersioningConfiguration(
        String status, @Nullable String mfaDelete) {
    public static final ConfigurationKind<VersioningConfiguration> KIND =
            new ConfigurationKind<>("versioning", VersioningConfiguration.class);

    public static final String ENABLED = "Enabled";
    public static final String SUSPENDED = "Suspended";

    /** What it means for the bucket. */
    public Versioning versioning() {
        return status.equals(ENABLED) ? Versioning.ENABLED : Versioning.SUSPENDED;
    }
}
