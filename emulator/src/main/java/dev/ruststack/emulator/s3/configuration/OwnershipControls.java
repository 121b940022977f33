package dev.ruststack.emulator.s3.configuration;

import dev.ruststack.emulator.aws.wire.XmlFlattened;
import dev.ruststack.emulator.aws.wire.XmlName;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who owns what others put into a bucket, and whether ACLs count. AWS: S3 API Reference, PutBucketOwnershipControls. */
public record OwnershipControls(
        @XmlFlattened @XmlName("Rule") List<Rule> rules) {
    public static final ConfigurationKind<OwnershipControls> KIND =
            new ConfigurationKind<>("ownershipControls", OwnershipControls.class);

    /** The setting under which ACLs do not count. */
    public static final String BUCKET_OWNER_ENFORCED = "BucketOwnerEnforced";

    /** Those of a new bucket, since April 2023. */
    public static final OwnershipControls DEFAULT = of(BUCKET_OWNER_ENFORCED);

    /** Stands where they were removed, so that the default does not come back. */
    public static final OwnershipControls REMOVED = new OwnershipControls(List.of());

    private static final Set<String> SETTINGS = Set.of("BucketOwnerPreferred", "ObjectWriter", BUCKET_OWNER_ENFORCED);

    /** The one rule. */
    public record Rule(@Nullable String objectOwnership) {}

    public OwnershipControls {
        rules = Check.list(rules);
    }

    public static OwnershipControls of(String objectOwnership) {
        return new OwnershipControls(List.of(new Rule(objectOwnership)));
    }

    /** The document, where S3 takes it. */
    public OwnershipControls checked() {
        Check.that(rules.size() == 1 && known());
        return this;
    }

    /** Whether S3 has the setting. */
    public boolean known() {
        return !rules.isEmpty() && SETTINGS.contains(String.valueOf(rules.getFirst().objectOwnership));
    }

    /** Whether ACLs do not count. */
    public boolean enforced() {
        return !rules.isEmpty() && BUCKET_OWNER_ENFORCED.equals(rules.getFirst().objectOwnership);
    }
}
