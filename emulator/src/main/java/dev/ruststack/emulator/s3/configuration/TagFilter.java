package dev.ruststack.emulator.s3.configuration;

import dev.ruststack.emulator.aws.wire.XmlFlattened;
import dev.ruststack.emulator.aws.wire.XmlName;
import dev.ruststack.emulator.s3.Tag;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which objects a configuration is about: one condition, or several in {@code And}. AWS: S3 API Reference,
 * AnalyticsFilter, ReplicationRuleFilter, IntelligentTieringFilter.
 */
public record TagFilter(
        @Nullable String prefix,
        @Nullable Tag tag,
        @Nullable And and) {
    /** Several conditions, all of which must hold. */
    public record And(
            @Nullable String prefix,
            @XmlFlattened @XmlName("Tag") List<Tag> tags) {
        public And {
            tags = Check.list(tags);
        }
    }

    void check() {
        Check.that(Stream.of(prefix, tag, and).filter(Objects::nonNull).count() <= 1);
        if (and != null) {
            checkTags(and.tags);
        }
    }

    static void checkTags(List<Tag> tags) {
        var keys = new HashSet<String>();
        tags.forEach(tag -> Check.request(keys.add(tag.key()), "Duplicate Tag Keys are not allowed."));
    }
}
