package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.wire.Scalars;
import dev.ruststack.emulator.s3.Tag;
import dev.ruststack.emulator.s3.configuration.LifecycleConfiguration;
import dev.ruststack.emulator.s3.configuration.LifecycleRule;
import dev.ruststack.emulator.s3.store.Bucket;
import dev.ruststack.emulator.s3.store.MultipartUpload;
import dev.ruststack.emulator.s3.store.ObjectVersion;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which rule of a lifecycle is about an object, and when it is due. AWS: S3 User Guide, Lifecycle configuration elements. */
final class LifecycleRules {
    private LifecycleRules() {}

    /** When an object expires, and by which rule. */
    private record Expiry(Instant at, String ruleId) {}

    /** The header {@code x-amz-expiration} of a current version; null where no rule lets it expire. */
    static @Nullable String header(Bucket bucket, String key, ObjectVersion version) {
        var configuration = bucket.configurations().get(LifecycleConfiguration.KIND);
        Expiry first = null;
        for (var rule : configuration == null ? List.<LifecycleRule>of() : configuration.rules()) {
            var at = rule.enabled() && isAbout(rule, key, version) ? expires(rule, version.lastModified()) : null;
            if (at != null && (first == null || at.isBefore(first.at))) {
                first = new Expiry(at, String.valueOf(rule.id()));
            }
        }
        return first == null
                ? null
                : "expiry-date=\"" + Scalars.httpDate(first.at) + "\", rule-id=\""
                        + URLEncoder.encode(first.ruleId, StandardCharsets.UTF_8) + "\"";
    }

    /** When an upload is aborted, and by which rule. */
    record Abort(Instant at, String ruleId) {}

    /** When an upload is aborted first; null where no rule does. AWS: S3 API Reference, CreateMultipartUpload. */
    static @Nullable Abort abort(Bucket bucket, MultipartUpload.Start start) {
        var configuration = bucket.configurations().get(LifecycleConfiguration.KIND);
        Abort first = null;
        for (var rule : configuration == null ? List.<LifecycleRule>of() : configuration.rules()) {
            var at = rule.enabled() && isAboutKey(rule, start.key()) ? aborts(rule, start.initiated()) : null;
            if (at != null && (first == null || at.isBefore(first.at))) {
                first = new Abort(at, String.valueOf(rule.id()));
            }
        }
        return first;
    }

    /** When an upload that began then is aborted; null for never. */
    static @Nullable Instant aborts(LifecycleRule rule, Instant initiated) {
        var abort = rule.abortIncompleteMultipartUpload();
        return abort == null || abort.daysAfterInitiation() == null
                ? null
                : due(initiated, abort.daysAfterInitiation());
    }

    /** When a current version of this age expires; null for never. */
    static @Nullable Instant expires(LifecycleRule rule, Instant lastModified) {
        var expiration = rule.expiration();
        if (expiration == null) {
            return null;
        }
        return expiration.days() == null ? expiration.date() : due(lastModified, expiration.days());
    }

    /** So many days later, and then the next midnight. */
    static Instant due(Instant since, int days) {
        var later = since.plus(Duration.ofDays(days));
        var midnight = later.truncatedTo(ChronoUnit.DAYS);
        return midnight.equals(later) ? later : midnight.plus(Duration.ofDays(1));
    }

    /** Whether a rule is about keys of this kind, whatever their objects. */
    static boolean isAboutKey(LifecycleRule rule, String key) {
        return key.startsWith(prefix(rule));
    }

    /** Whether a rule is about an object. */
    static boolean isAbout(LifecycleRule rule, String key, ObjectVersion version) {
        var filter = rule.filter();
        if (!isAboutKey(rule, key)) {
            return false;
        }
        if (filter == null) {
            return true;
        }
        var and = filter.and();
        var tags = version.attachments().tags();
        return (filter.tag() == null || tags.contains(filter.tag()))
                && isWithin(version.size(), filter.objectSizeGreaterThan(), filter.objectSizeLessThan())
                && (and == null
                        || tags.containsAll(and.tags())
                                && isWithin(version.size(), and.objectSizeGreaterThan(), and.objectSizeLessThan()));
    }

    /** Whether a rule asks for tags or sizes, which delete markers do not have. */
    static boolean asksForMore(LifecycleRule rule) {
        var filter = rule.filter();
        return filter != null
                && (filter.tag() != null
                        || filter.objectSizeGreaterThan() != null
                        || filter.objectSizeLessThan() != null
                        || filter.and() != null && !onlyPrefix(filter.and()));
    }

    /** Whether a rule says itself how large objects are that it is about. */
    static boolean hasSize(LifecycleRule rule) {
        var filter = rule.filter();
        if (filter == null) {
            return false;
        }
        var and = filter.and();
        return filter.objectSizeGreaterThan() != null
                || filter.objectSizeLessThan() != null
                || and != null && (and.objectSizeGreaterThan() != null || and.objectSizeLessThan() != null);
    }

    private static boolean onlyPrefix(LifecycleRule.And and) {
        List<Tag> tags = and.tags();
        return tags.isEmpty() && and.objectSizeGreaterThan() == null && and.objectSizeLessThan() == null;
    }

    private static boolean isWithin(long size, @Nullable Long greaterThan, @Nullable Long lessThan) {
        return (greaterThan == null || size > greaterThan) && (lessThan == null || size < lessThan);
    }

    private static String prefix(LifecycleRule rule) {
        var filter = rule.filter();
        var prefix = filter == null
                ? rule.prefix()
                : filter.and() != null ? filter.and().prefix() : filter.prefix();
        return prefix == null ? "" : prefix;
    }
}
