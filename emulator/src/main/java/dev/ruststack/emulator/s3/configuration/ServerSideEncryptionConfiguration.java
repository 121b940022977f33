package dev.ruststack.emulator.s3.configuration;

import dev.ruststack.emulator.aws.wire.XmlFlattened;
import dev.ruststack.emulator.aws.wire.XmlName;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How new objects are encrypted that say nothing themselves. AWS: S3 API Reference, PutBucketEncryption. */
public record ServerSideEncryptionConfiguration(
        @XmlFlattened @XmlName("Rule") List<Rule> rules) {
    public static final ConfigurationKind<ServerSideEncryptionConfiguration> KIND =
            new ConfigurationKind<>("encryption", ServerSideEncryptionConfiguration.class);

    /** What holds where nothing is set: every object is encrypted by S3's own keys, since January 2023. */
    public static final ServerSideEncryptionConfiguration DEFAULT =
            new ServerSideEncryptionConfiguration(List.of(new Rule(new ByDefault("AES256", null), false, null)));

    private static final Set<String> ALGORITHMS = Set.of("AES256", "aws:kms", "aws:kms:dsse");
    private static final Set<String> BLOCKABLE = Set.of("NONE", "SSE-C");

    /** The one rule. */
    public record Rule(
            @Nullable ByDefault applyServerSideEncryptionByDefault,
            @Nullable Boolean bucketKeyEnabled,
            @Nullable BlockedEncryptionTypes blockedEncryptionTypes) {}

    /** The algorithm, and the key of KMS. */
    public record ByDefault(
            @XmlName("SSEAlgorithm") @Nullable String sseAlgorithm,
            @XmlName("KMSMasterKeyID") @Nullable String kmsMasterKeyId) {
        private void check() {
            Check.oneOf(sseAlgorithm, ALGORITHMS);
            Check.argument(
                    kmsMasterKeyId == null || !"AES256".equals(sseAlgorithm),
                    "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse",
                    "ApplyServerSideEncryptionByDefault",
                    null);
        }
    }

    /** Kinds of encryption that new objects may not have. */
    public record BlockedEncryptionTypes(
            @XmlFlattened @XmlName("EncryptionType") List<String> encryptionTypes) {
        public BlockedEncryptionTypes {
            encryptionTypes = Check.list(encryptionTypes);
        }
    }

    public ServerSideEncryptionConfiguration {
        rules = Check.list(rules);
    }

    /** The document, where S3 takes it, as it is given back. */
    public ServerSideEncryptionConfiguration checked() {
        Check.that(rules.size() == 1);
        var rule = rules.getFirst();
        var byDefault = rule.applyServerSideEncryptionByDefault;
        var blocked = rule.blockedEncryptionTypes;
        Check.that(byDefault != null || rule.bucketKeyEnabled != null || blocked != null);
        if (byDefault != null) {
            byDefault.check();
        }
        Check.that(blocked == null || BLOCKABLE.containsAll(blocked.encryptionTypes));
        var completed = new Rule(
                byDefault == null ? new ByDefault("AES256", null) : byDefault,
                rule.bucketKeyEnabled != null && rule.bucketKeyEnabled,
                blocked);
        return new ServerSideEncryptionConfiguration(List.of(completed));
    }

    /** What new objects get that ask for nothing; null where that is S3's own. */
    public @Nullable ByDefault byDefault() {
        return rules.getFirst().applyServerSideEncryptionByDefault;
    }

    /** Whether they use a key of the bucket's. */
    public boolean bucketKeyEnabled() {
        return Boolean.TRUE.equals(rules.getFirst().bucketKeyEnabled);
    }

    /** Whether new objects may come with a key of the customer's. */
    public boolean takesCustomerKeys() {
        var blocked = rules.getFirst().blockedEncryptionTypes;
        return blocked == null || !blocked.encryptionTypes.contains("SSE-C");
    }
}
