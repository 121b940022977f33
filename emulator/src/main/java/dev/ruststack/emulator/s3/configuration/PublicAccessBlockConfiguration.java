package dev.ruststack.emulator.s3.configuration;

import org.jspecify.annotations.Nullable;

/** What of a bucket may be made public. AWS: S3 API Reference, PutPublicAccessBlock. */
public record PublicAccessBlockConfiguration(
        @Nullable Boolean blockPublicAcls,
        @Nullable Boolean ignorePublicAcls,
        @Nullable Boolean blockPublicPolicy,
        @Nullable Boolean restrictPublicBuckets) {
    public static final ConfigurationKind<PublicAccessBlockConfiguration> KIND =
            new ConfigurationKind<>("publicAccessBlock", PublicAccessBlockConfiguration.class);

    /** That of a new bucket, since April 2023. */
    public static final PublicAccessBlockConfiguration DEFAULT =
            new PublicAccessBlockConfiguration(true, true, true, true);

    /** Stands where it was removed, so that the default does not come back. */
    public static final PublicAccessBlockConfiguration REMOVED =
            new PublicAccessBlockConfiguration(null, null, null, null);

    /** The document, where S3 takes it: what it does not say is not blocked. */
    public PublicAccessBlockConfiguration checked() {
        Check.that(!equals(REMOVED));
        return new PublicAccessBlockConfiguration(
                yes(blockPublicAcls), yes(ignorePublicAcls), yes(blockPublicPolicy), yes(restrictPublicBuckets));
    }

    public boolean blocksPublicAcls() {
        return yes(blockPublicAcls);
    }

    public boolean ignoresPublicAcls() {
        return yes(ignorePublicAcls);
    }

    public boolean blocksPublicPolicy() {
        return yes(blockPublicPolicy);
    }

    public boolean restrictsPublicBuckets() {
        return yes(restrictPublicBuckets);
    }

    private static boolean yes(@Nullable Boolean value) {
        return value != null && value;
    }
}
