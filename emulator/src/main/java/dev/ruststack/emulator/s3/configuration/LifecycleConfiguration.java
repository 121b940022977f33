package dev.ruststack.emulator.s3.configuration;

import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.aws.wire.XmlFlattened;
import dev.ruststack.emulator.aws.wire.XmlName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of objects with time. Rules of the first generation, with a prefix instead of a filter, are taken too.
 * AWS: S3 API Reference, PutBucketLifecycleConfiguration.
 */
public record LifecycleConfiguration(
        @HttpHeader("x-amz-transition-default-minimum-object-size") @Nullable
        String transitionDefaultMinimumObjectSize,

        @XmlFlattened @XmlName("Rule") List<LifecycleRule> rules) {
    public static final ConfigurationKind<LifecycleConfiguration> KIND =
            new ConfigurationKind<>("lifecycle", LifecycleConfiguration.class);

    /** The header of the smallest objects that change their class. */
    public static final String SIZE_HEADER = "x-amz-transition-default-minimum-object-size";

    private static final String DEFAULT_SIZE = "all_storage_classes_128K";
    private static final Set<String> SIZES = Set.of(DEFAULT_SIZE, "varies_by_storage_class");
    private static final int MAX_RULES = 1000;

    public LifecycleConfiguration {
        rules = Check.list(rules);
    }

    /**
     * The document, where S3 takes it, as it is given back: every rule has an id.
     *
     * @param minimumSize the header {@code x-amz-transition-default-minimum-object-size}
     */
    public LifecycleConfiguration checked(@Nullable String minimumSize) {
        Check.that(!rules.isEmpty() && rules.size() <= MAX_RULES);
        Check.argument(
                minimumSize == null || SIZES.contains(minimumSize), "Invalid argument", SIZE_HEADER, minimumSize);
        var ids = new HashSet<String>();
        for (var rule : rules) {
            rule.check();
            Check.argument(
                    rule.id() == null || ids.add(rule.id()),
                    "Rule ID must be unique. Found same ID for more than one rule",
                    "ID",
                    rule.id());
        }
        var named = rules.stream()
                .map(rule -> rule.id() == null || rule.id().isEmpty()
                        ? rule.withId(UUID.randomUUID().toString())
                        : rule)
                .toList();
        return new LifecycleConfiguration(minimumSize == null ? DEFAULT_SIZE : minimumSize, named);
    }
}
