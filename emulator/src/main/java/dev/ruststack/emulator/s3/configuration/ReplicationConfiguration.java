package dev.ruststack.emulator.s3.configuration;

import dev.ruststack.emulator.aws.wire.XmlFlattened;
import dev.ruststack.emulator.aws.wire.XmlName;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where objects are copied to; RustStack copies none. AWS: S3 API Reference, PutBucketReplication. */
public record ReplicationConfiguration(
        @Nullable String role,
        @XmlFlattened @XmlName("Rule") List<Rule> rules) {
    public static final ConfigurationKind<ReplicationConfiguration> KIND =
            new ConfigurationKind<>("replication", ReplicationConfiguration.class);

    private static final String BUCKET_ARN = "arn:aws:s3:::";

    /** One rule. */
    public record Rule(
            @XmlName("ID") @Nullable String id,
            @Nullable Integer priority,
            @Nullable String prefix,
            @Nullable TagFilter filter,
            @Nullable String status,
            @Nullable SourceSelectionCriteria sourceSelectionCriteria,
            @Nullable Switch existingObjectReplication,
            @Nullable Destination destination,
            @Nullable Switch deleteMarkerReplication) {
        private void check() {
            Check.oneOf(status, Check.STATUS);
            Check.that(prefix == null || filter == null);
            if (filter != null) {
                filter.check();
                Check.present(priority);
                Check.request(
                        deleteMarkerReplication != null,
                        "DeleteMarkerReplication must be specified for this version of Cross Region Replication"
                                + " configuration schema. Please refer to S3 Developer Guide for more information.");
            }
            var bucket = Check.present(Check.present(destination).bucket);
            Check.argument(bucket.startsWith(BUCKET_ARN), "Invalid bucket ARN", "Bucket", bucket);
        }

        private Rule named() {
            return id != null && !id.isEmpty()
                    ? this
                    : new Rule(
                            UUID.randomUUID().toString(),
                            priority,
                            prefix,
                            filter,
                            status,
                            sourceSelectionCriteria,
                            existingObjectReplication,
                            destination,
                            deleteMarkerReplication);
        }
    }

    /** Something that is Enabled or Disabled. */
    public record Switch(@Nullable String status) {}

    /** Which further objects are copied. */
    public record SourceSelectionCriteria(
            @Nullable Switch sseKmsEncryptedObjects,
            @Nullable Switch replicaModifications) {}

    /** Where to. */
    public record Destination(
            @Nullable String bucket,
            @Nullable String account,
            @Nullable String storageClass,
            @Nullable AccessControlTranslation accessControlTranslation,
            @Nullable EncryptionConfiguration encryptionConfiguration,
            @Nullable ReplicationTime replicationTime,
            @Nullable Metrics metrics) {}

    /** Who owns the copies. */
    public record AccessControlTranslation(@Nullable String owner) {}

    /** The key of the copies. */
    public record EncryptionConfiguration(
            @XmlName("ReplicaKmsKeyID") @Nullable String replicaKmsKeyId) {}

    /** How fast. */
    public record ReplicationTime(
            @Nullable String status, @Nullable Minutes time) {}

    /** What is measured. */
    public record Metrics(@Nullable String status, @Nullable Minutes eventThreshold) {}

    /** A time. */
    public record Minutes(@Nullable Integer minutes) {}

    public ReplicationConfiguration {
        rules = Check.list(rules);
    }

    /** The document, where S3 takes it, as it is given back: every rule has an id. */
    public ReplicationConfiguration checked() {
        Check.present(role);
        Check.that(!rules.isEmpty() && rules.size() <= 1000);
        rules.forEach(Rule::check);
        var ids = new HashSet<String>();
        var named = rules.stream().map(Rule::named).toList();
        named.forEach(
                rule -> Check.argument(ids.add(String.valueOf(rule.id)), "Rule Id must be unique", "ID", rule.id));
        return new ReplicationConfiguration(role, named);
    }

    /** The names of the buckets that objects are copied to. */
    public List<String> destinations() {
        return rules.stream()
                .map(rule -> rule.destination == null || rule.destination.bucket == null ? "" : rule.destination.bucket)
                .map(arn -> arn.startsWith(BUCKET_ARN) ? arn.substring(BUCKET_ARN.length()) : arn)
                .distinct()
                .toList();
    }
}
