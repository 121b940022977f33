package dev.ruststack.emulator.seed;

import dev.ruststack.crds.bucket.Lifecycle;
import dev.ruststack.emulator.s3.configuration.LifecycleConfiguration;
import dev.ruststack.emulator.s3.configuration.LifecycleRule;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** A declared lifecycle as S3 gives it back: a rule without an id has one by its place, one without a filter is about all. */
final class LifecycleDocument {
    private static final LifecycleRule.Filter ALL = new LifecycleRule.Filter(null, null, null, null, null);

    private LifecycleDocument() {}

    static @Nullable LifecycleConfiguration of(@Nullable Lifecycle declared) {
        if (declared == null) {
            return null;
        }
        var rules = new ArrayList<LifecycleRule>();
        for (var rule : declared.rules()) {
            rules.add(rule(rule, "rule-" + (rules.size() + 1)));
        }
        return new LifecycleConfiguration(null, rules);
    }

    private static LifecycleRule rule(Lifecycle.Rule rule, String place) {
        var noncurrent = rule.noncurrentVersionExpiration();
        var uploads = rule.abortIncompleteMultipartUpload();
        return new LifecycleRule(
                expiration(rule.expiration()),
                rule.id() == null ? place : rule.id(),
                null,
                filter(rule.filter()),
                rule.status(),
                rule.transitions().stream()
                        .map(each -> new LifecycleRule.Transition(date(each.date()), each.days(), each.storageClass()))
                        .toList(),
                rule.noncurrentVersionTransitions().stream()
                        .map(each -> new LifecycleRule.NoncurrentVersionTransition(
                                each.noncurrentDays(), each.storageClass(), each.newerNoncurrentVersions()))
                        .toList(),
                noncurrent == null
                        ? null
                        : new LifecycleRule.NoncurrentVersionExpiration(
                                noncurrent.noncurrentDays(), noncurrent.newerNoncurrentVersions()),
                uploads == null
                        ? null
                        : new LifecycleRule.AbortIncompleteMultipartUpload(uploads.daysAfterInitiation()));
    }

    private static LifecycleRule.@Nullable Expiration expiration(Lifecycle.@Nullable Expiration declared) {
        return declared == null
                ? null
                : new LifecycleRule.Expiration(
                        date(declared.date()), declared.days(), declared.expiredObjectDeleteMarker());
    }

    private static LifecycleRule.Filter filter(Lifecycle.@Nullable Filter declared) {
        if (declared == null) {
            return ALL;
        }
        var and = declared.and();
        return new LifecycleRule.Filter(
                declared.prefix(),
                declared.tag() == null ? null : BucketDocuments.tag(declared.tag()),
                declared.objectSizeGreaterThan(),
                declared.objectSizeLessThan(),
                and == null
                        ? null
                        : new LifecycleRule.And(
                                and.prefix(),
                                BucketDocuments.tags(and.tags()),
                                and.objectSizeGreaterThan(),
                                and.objectSizeLessThan()));
    }

    /** A day, whose midnight in UTC is meant. */
    private static @Nullable Instant date(@Nullable String declared) {
        return declared == null
                ? null
                : LocalDate.parse(declared.substring(0, 10))
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant();
    }
}
