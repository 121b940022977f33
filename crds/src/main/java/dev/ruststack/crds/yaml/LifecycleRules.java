package dev.ruststack.crds.yaml;

import dev.ruststack.crds.bucket.Lifecycle;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What S3 asks of a lifecycle. AWS: S3 API Reference, PutBucketLifecycleConfiguration. */
final class LifecycleRules {
    private LifecycleRules() {}

    static void check(Lifecycle lifecycle, Place place) {
        var at = place.field("rules");
        BucketRules.unique(lifecycle.rules(), Lifecycle.Rule::id, at);
        for (var i = 0; i < lifecycle.rules().size(); i++) {
            rule(lifecycle.rules().get(i), at.item(i));
        }
    }

    private static void rule(Lifecycle.Rule rule, Place place) {
        var given = count(rule.expiration(), rule.noncurrentVersionExpiration(), rule.abortIncompleteMultipartUpload());
        if (given == 0
                && rule.transitions().isEmpty()
                && rule.noncurrentVersionTransitions().isEmpty()) {
            place.problem(Lifecycle.ACTION_RULE);
        }
        if (rule.filter() != null) {
            filter(rule.filter(), rule.abortIncompleteMultipartUpload() != null, place.field("filter"));
        }
        if (rule.expiration() != null) {
            date(rule.expiration().date(), place.field("expiration").field("date"));
        }
        for (var i = 0; i < rule.transitions().size(); i++) {
            var transition = rule.transitions().get(i);
            var at = place.field("transitions").item(i);
            if (count(transition.date(), transition.days()) != 1) {
                at.problem("needs exactly one of date, days");
            }
            date(transition.date(), at.field("date"));
        }
    }

    private static void filter(Lifecycle.Filter filter, boolean aborts, Place place) {
        var and = filter.and();
        var conditions =
                count(filter.prefix(), filter.tag(), filter.objectSizeGreaterThan(), filter.objectSizeLessThan(), and);
        if (conditions > 1) {
            place.problem("takes one condition; put several into "
                    + place.field("and").path());
        }
        if (and != null) {
            var joined = count(and.prefix(), and.objectSizeGreaterThan(), and.objectSizeLessThan())
                    + and.tags().size();
            if (joined < 2) {
                place.field("and").problem("needs two conditions or more");
            }
        }
        if (aborts && (filter.tag() != null || (and != null && !and.tags().isEmpty()))) {
            place.problem("uploads have no tags: abortIncompleteMultipartUpload cannot be had with them");
        }
    }

    private static void date(@Nullable String date, Place place) {
        if (date == null) {
            return;
        }
        try {
            LocalDate.parse(date.substring(0, 10));
        } catch (DateTimeException e) {
            place.problem("is no day: " + date);
        }
    }

    private static long count(@Nullable Object... values) {
        return Stream.of(values).filter(Objects::nonNull).count();
    }
}
