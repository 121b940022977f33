package dev.ruststack.emulator.s3.configuration;

/**
 * The policy of a bucket. AWS: S3 API Reference, PutBucketPolicy.
 *
 * @param document checked JSON, without white space
 */
public record BucketPolicy(String document) {
    public static final ConfigurationKind<BucketPolicy> KIND = new ConfigurationKind<>("policy", BucketPolicy.class);
}
