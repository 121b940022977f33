package dev.ruststack.emulator.s3.configuration;

import dev.ruststack.emulator.aws.wire.XmlFlattened;
import dev.ruststack.emulator.aws.wire.XmlName;
import dev.ruststack.emulator.s3.Tag;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One rule of a lifecycle. AWS: S3 API Reference, LifecycleRule. */
public record LifecycleRule(
        @Nullable Expiration expiration,
        @XmlName("ID") @Nullable String id,
        @Nullable String prefix,
        @Nullable Filter filter,
        @Nullable String status,
        @XmlFlattened @XmlName("Transition") List<Transition> transitions,

        @XmlFlattened @XmlName("NoncurrentVersionTransition")
        List<NoncurrentVersionTransition> noncurrentVersionTransitions,

        @Nullable NoncurrentVersionExpiration noncurrentVersionExpiration,
        @Nullable AbortIncompleteMultipartUpload abortIncompleteMultipartUpload) {
    private static final int MAX_ID = 255;
    private static final Set<String> CLASSES =
            Set.of("GLACIER", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "DEEP_ARCHIVE", "GLACIER_IR");

    /** When current versions expire. */
    public record Expiration(
            @Nullable Instant date,
            @Nullable Integer days,
            @Nullable Boolean expiredObjectDeleteMarker) {
        private void check() {
            Check.that(count(date, days, expiredObjectDeleteMarker) == 1);
            checkDays("Expiration", days);
            checkDate(date);
        }
    }

    /** Which objects the rule is about. */
    public record Filter(
            @Nullable String prefix,
            @Nullable Tag tag,
            @Nullable Long objectSizeGreaterThan,
            @Nullable Long objectSizeLessThan,
            @Nullable And and) {
        private void check() {
            Check.that(count(prefix, tag, objectSizeGreaterThan, objectSizeLessThan, and) <= 1);
            if (and != null) {
                Check.that(count(and.prefix, and.objectSizeGreaterThan, and.objectSizeLessThan) + and.tags.size() > 1);
                TagFilter.checkTags(and.tags);
            }
        }
    }

    /** Several conditions, all of which must hold. */
    public record And(
            @Nullable String prefix,
            @XmlFlattened @XmlName("Tag") List<Tag> tags,
            @Nullable Long objectSizeGreaterThan,
            @Nullable Long objectSizeLessThan) {
        public And {
            tags = Check.list(tags);
        }
    }

    /** When objects change their storage class. */
    public record Transition(
            @Nullable Instant date,
            @Nullable Integer days,
            @Nullable String storageClass) {
        private void check() {
            Check.that(count(date, days) == 1);
            Check.oneOf(storageClass, CLASSES);
            Check.argument(
                    days == null || days >= 0,
                    "'Days' in Transition action must be nonnegative",
                    "Days",
                    String.valueOf(days));
            checkDate(date);
        }
    }

    /** When versions that are not current change their storage class. */
    public record NoncurrentVersionTransition(
            @Nullable Integer noncurrentDays,
            @Nullable String storageClass,
            @Nullable Integer newerNoncurrentVersions) {}

    /** When versions that are not current expire. */
    public record NoncurrentVersionExpiration(
            @Nullable Integer noncurrentDays, @Nullable Integer newerNoncurrentVersions) {}

    /** When uploads that were not completed are aborted. */
    public record AbortIncompleteMultipartUpload(@Nullable Integer daysAfterInitiation) {}

    public LifecycleRule {
        transitions = Check.list(transitions);
        noncurrentVersionTransitions = Check.list(noncurrentVersionTransitions);
    }

    public boolean enabled() {
        return "Enabled".equals(status);
    }

    LifecycleRule withId(String newId) {
        return new LifecycleRule(
                expiration,
                newId,
                prefix,
                filter,
                status,
                transitions,
                noncurrentVersionTransitions,
                noncurrentVersionExpiration,
                abortIncompleteMultipartUpload);
    }

    void check() {
        Check.oneOf(status, Check.STATUS);
        Check.that(count(prefix, filter) == 1);
        Check.argument(
                id == null || id.length() <= MAX_ID, "ID length should not exceed allowed limit of 255", "ID", id);
        if (filter != null) {
            filter.check();
        }
        checkActions();
    }

    private void checkActions() {
        Check.request(
                count(expiration, noncurrentVersionExpiration, abortIncompleteMultipartUpload) > 0
                        || !transitions.isEmpty()
                        || !noncurrentVersionTransitions.isEmpty(),
                "At least one action needs to be specified in a rule");
        if (expiration != null) {
            expiration.check();
        }
        transitions.forEach(Transition::check);
        for (var transition : noncurrentVersionTransitions) {
            Check.oneOf(transition.storageClass, CLASSES);
            Check.present(transition.noncurrentDays);
        }
        if (noncurrentVersionExpiration != null) {
            Check.present(noncurrentVersionExpiration.noncurrentDays);
            checkDays("NoncurrentVersionExpiration", noncurrentVersionExpiration.noncurrentDays);
        }
        if (abortIncompleteMultipartUpload != null) {
            Check.present(abortIncompleteMultipartUpload.daysAfterInitiation);
            checkDays("AbortIncompleteMultipartUpload", abortIncompleteMultipartUpload.daysAfterInitiation);
            Check.request(
                    filter == null || filter.tag == null && (filter.and == null || filter.and.tags.isEmpty()),
                    "AbortIncompleteMultipartUpload cannot be specified with Tags.");
        }
    }

    private static void checkDays(String action, @Nullable Integer days) {
        Check.argument(
                days == null || days > 0,
                "'Days' for " + action + " action must be a positive integer",
                "Days",
                String.valueOf(days));
    }

    private static void checkDate(@Nullable Instant date) {
        Check.argument(
                date == null || date.truncatedTo(ChronoUnit.DAYS).equals(date),
                "'Date' must be at midnight GMT",
                "Date",
                String.valueOf(date));
    }

    private static long count(@Nullable Object... values) {
        return Stream.of(values).filter(Objects::nonNull).count();
    }
}
