package dev.ruststack.crds.bucket;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Default;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.ExactlyOneOf;
import dev.ruststack.crds.schema.Keyed;
import dev.ruststack.crds.schema.OneOf;
import dev.ruststack.crds.schema.Range;
import dev.ruststack.crds.schema.Required;
import dev.ruststack.crds.schema.Size;
import dev.ruststack.crds.schema.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of objects with time. AWS: S3 API Reference, BucketLifecycleConfiguration. */
@Bindable
public record Lifecycle(
        @Required @Description("The rules.") @Size(min = 1, max = 100)
        List<Rule> rules) {
    public static final String ENABLED = "Enabled";
    public static final String ACTION_RULE = "needs an action: expiration, noncurrentVersionExpiration, transitions, "
            + "noncurrentVersionTransitions or abortIncompleteMultipartUpload";

    public Lifecycle {
        rules = Absent.asEmpty(rules);
    }

    /** One rule; it has one action at least. AWS: S3 API Reference, LifecycleRule. */
    @Bindable
    public record Rule(
            @Description("Name of the rule. Absent: rule- and its place in the list.")
            @Nullable
            @Text(min = 1, max = 255)
            String id,

            @Description("Whether the rule is applied.") @Default(ENABLED) @OneOf({ENABLED, "Disabled"})
            String status,

            @Description("Which objects it is about. Absent: all.") @Nullable
            Filter filter,

            @Description("When current versions expire.") @Nullable
            Expiration expiration,

            @Description("When versions expire that are not current.") @Nullable
            NoncurrentVersionExpiration noncurrentVersionExpiration,

            @Description("When uploads are aborted that were not completed.") @Nullable
            AbortIncompleteMultipartUpload abortIncompleteMultipartUpload,

            @Description("When current versions change their storage class.")
            @JsonInclude(JsonInclude.Include.NON_EMPTY)
            @Size(max = 8)
            List<Transition> transitions,

            @Description("When versions that are not current change their storage class.")
            @JsonInclude(JsonInclude.Include.NON_EMPTY)
            @Size(max = 8)
            List<NoncurrentVersionTransition> noncurrentVersionTransitions) {
        public Rule {
            status = Absent.as(status, ENABLED);
            transitions = Absent.asEmpty(transitions);
            noncurrentVersionTransitions = Absent.asEmpty(noncurrentVersionTransitions);
        }
    }

    /** Which objects a rule is about: one condition at most, or several in {@code and}. AWS: LifecycleRuleFilter. */
    @Bindable
    public record Filter(
            @Description("What the key begins with.") @Nullable @Text(max = 1024)
            String prefix,

            @Description("A tag they have.") @Nullable BucketTag tag,

            @Description("Larger than so many bytes.") @Nullable @Range(max = MOST_BYTES)
            Long objectSizeGreaterThan,

            @Description("Smaller than so many bytes.") @Nullable @Range(min = 1, max = MOST_BYTES)
            Long objectSizeLessThan,

            @Description("Several conditions, all of which hold.") @Nullable
            And and) {}

    /** Conditions that all hold; two at least. AWS: S3 API Reference, LifecycleRuleAndOperator. */
    @Bindable
    public record And(
            @Description("What the key begins with.") @Nullable @Text(max = 1024)
            String prefix,

            @Description("Tags they have.") @JsonInclude(JsonInclude.Include.NON_EMPTY) @Size(max = 10) @Keyed("key")
            List<BucketTag> tags,

            @Description("Larger than so many bytes.") @Nullable @Range(max = MOST_BYTES)
            Long objectSizeGreaterThan,

            @Description("Smaller than so many bytes.") @Nullable @Range(min = 1, max = MOST_BYTES)
            Long objectSizeLessThan) {
        public And {
            tags = Absent.asEmpty(tags);
        }
    }

    /** The end of current versions. AWS: S3 API Reference, LifecycleExpiration. */
    @Bindable
    @ExactlyOneOf(
            value = {"date", "days", "expiredObjectDeleteMarker"},
            counted = true)
    public record Expiration(
            @Description("From this day on, at midnight UTC.")
            @Nullable
            @Text(min = 10, max = 24, pattern = DATE, means = DATE_MEANING)
            String date,

            @Description("So many days after the object was made.") @Nullable @Range(min = 1)
            Integer days,

            @Description("Once a delete marker has no versions below it.") @Nullable
            Boolean expiredObjectDeleteMarker) {}

    /** The end of other versions. AWS: S3 API Reference, NoncurrentVersionExpiration. */
    @Bindable
    public record NoncurrentVersionExpiration(
            @Required @Description("So many days after it was replaced.") @Range(min = 1)
            Integer noncurrentDays,

            @Description("So many of them are kept all the same.") @Nullable @Range(min = 1, max = 100)
            Integer newerNoncurrentVersions) {}

    /** The end of uploads. AWS: S3 API Reference, AbortIncompleteMultipartUpload. */
    @Bindable
    public record AbortIncompleteMultipartUpload(
            @Required @Description("So many days after it was begun.") @Range(min = 1)
            Integer daysAfterInitiation) {}

    /** A change of class; either date or days. AWS: S3 API Reference, Transition. */
    @Bindable
    public record Transition(
            @Description("From this day on, at midnight UTC.")
            @Nullable
            @Text(min = 10, max = 24, pattern = DATE, means = DATE_MEANING)
            String date,

            @Description("So many days after the object was made.") @Nullable @Range
            Integer days,

            @Required
            @Description("The storage class.")
            @OneOf({"GLACIER", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "DEEP_ARCHIVE", "GLACIER_IR"})
            String storageClass) {}

    /** A change of class of other versions. AWS: S3 API Reference, NoncurrentVersionTransition. */
    @Bindable
    public record NoncurrentVersionTransition(
            @Required @Description("So many days after it was replaced.") @Range
            Integer noncurrentDays,

            @Required
            @Description("The storage class.")
            @OneOf({"GLACIER", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "DEEP_ARCHIVE", "GLACIER_IR"})
            String storageClass,

            @Description("So many of them stay as they are.") @Nullable @Range(min = 1, max = 100)
            Integer newerNoncurrentVersions) {}

    static final long MOST_BYTES = 1L << 50;
    static final String DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}(T00:00:00(\\.000)?Z)?";
    static final String DATE_MEANING = "a day such as 2027-01-31, in quotes";
}
