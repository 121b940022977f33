package dev.ruststack.emulator.s3.configuration;

import dev.ruststack.emulator.aws.wire.XmlFlattened;
import dev.ruststack.emulator.aws.wire.XmlName;
import dev.ruststack.emulator.s3.S3Error;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which lists of objects S3 is to write; RustStack writes none. AWS: S3 API Reference, PutBucketInventoryConfiguration. */
public record InventoryConfiguration(
        @Nullable Destination destination,
        @Nullable Boolean isEnabled,
        @Nullable Filter filter,
        @Nullable String id,
        @Nullable String includedObjectVersions,
        @Nullable OptionalFields optionalFields,
        @Nullable Schedule schedule) {
    public static final ConfigurationKind<InventoryConfiguration> KIND =
            new ConfigurationKind<>("inventory", InventoryConfiguration.class);

    private static final Set<String> FIELDS = Set.of(
            "Size",
            "LastModifiedDate",
            "StorageClass",
            "ETag",
            "IsMultipartUploaded",
            "ReplicationStatus",
            "EncryptionStatus",
            "ObjectLockRetainUntilDate",
            "ObjectLockMode",
            "ObjectLockLegalHoldStatus",
            "IntelligentTieringAccessTier",
            "BucketKeyStatus",
            "ChecksumAlgorithm",
            "ObjectAccessControlList",
            "ObjectOwner",
            "LifecycleExpirationDate");

    /** Where to. */
    public record Destination(@Nullable S3BucketDestination s3BucketDestination) {}

    /** A bucket. */
    public record S3BucketDestination(
            @Nullable String accountId,
            @Nullable String bucket,
            @Nullable Encryption encryption,
            @Nullable String format,
            @Nullable String prefix) {}

    /** How the lists are encrypted: one of the two. */
    public record Encryption(
            @XmlName("SSE-KMS") @Nullable ByKms sseKms,
            @XmlName("SSE-S3") @Nullable ByS3 sseS3) {}

    /** By a key of KMS. */
    public record ByKms(@Nullable String keyId) {}

    /** By keys of S3. */
    public record ByS3() {}

    /** Which objects. */
    public record Filter(@Nullable String prefix) {}

    /** What is told of each object. */
    public record OptionalFields(
            @XmlFlattened @XmlName("Field") List<String> fields) {
        public OptionalFields {
            fields = Check.list(fields);
        }
    }

    /** How often. */
    public record Schedule(@Nullable String frequency) {}

    /** The document, where S3 takes it. */
    public InventoryConfiguration checked() {
        Check.present(isEnabled);
        Check.oneOf(includedObjectVersions, Set.of("All", "Current"));
        Check.oneOf(Check.present(schedule).frequency, Set.of("Daily", "Weekly"));
        Check.that(optionalFields == null || FIELDS.containsAll(optionalFields.fields));
        var target = Check.present(Check.present(destination).s3BucketDestination);
        Check.oneOf(target.format, Set.of("CSV", "ORC", "Parquet"));
        var bucket = Check.present(target.bucket);
        if (!bucket.startsWith("arn:aws:s3:::")) {
            throw S3Error.INVALID_S3_DESTINATION_BUCKET.error();
        }
        return this;
    }
}
