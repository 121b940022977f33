package dev.ruststack.emulator.s3.configuration;

import dev.ruststack.emulator.aws.wire.XmlFlattened;
import dev.ruststack.emulator.aws.wire.XmlName;
import dev.ruststack.emulator.s3.Tag;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which requests S3 is to count; RustStack counts none. AWS: S3 API Reference, PutBucketMetricsConfiguration. */
public record MetricsConfiguration(
        @Nullable String id, @Nullable Filter filter) {
    public static final ConfigurationKind<MetricsConfiguration> KIND =
            new ConfigurationKind<>("metrics", MetricsConfiguration.class);

    /** Which objects: one condition, or several in {@code And}. */
    public record Filter(
            @Nullable String prefix,
            @Nullable Tag tag,
            @Nullable String accessPointArn,
            @Nullable And and) {}

    /** Several conditions, all of which must hold. */
    public record And(
            @Nullable String prefix,
            @XmlFlattened @XmlName("Tag") List<Tag> tags,
            @Nullable String accessPointArn) {
        public And {
            tags = Check.list(tags);
        }
    }

    /** The document, where S3 takes it. */
    public MetricsConfiguration checked() {
        if (filter != null) {
            Check.that(Stream.of(filter.prefix, filter.tag, filter.accessPointArn, filter.and)
                            .filter(Objects::nonNull)
                            .count()
                    == 1);
            if (filter.and != null) {
                TagFilter.checkTags(filter.and.tags);
            }
        }
        return this;
    }
}
