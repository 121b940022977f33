package dev.ruststack.crds.bucket;

import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.ExactlyOneOf;
import dev.ruststack.crds.schema.OneOf;
import dev.ruststack.crds.schema.Range;
import dev.ruststack.crds.schema.Required;
import org.jspecify.annotations.Nullable;

/**
 * Makes versions of a bucket lockable, which cannot be taken back, and versioning with it. AWS: S3 API Reference,
 * ObjectLockConfiguration.
 */
@Bindable
public record ObjectLock(
        @Description("What holds for new versions that do not say it themselves.") @Nullable
        Rule rule) {

    /** The rule of new versions. AWS: S3 API Reference, ObjectLockRule. */
    @Bindable
    public record Rule(
            @Required @Description("How long each new version is kept from being deleted.")
            DefaultRetention defaultRetention) {}

    /** A retention. AWS: S3 API Reference, DefaultRetention. */
    @Bindable
    @ExactlyOneOf({"days", "years"})
    public record DefaultRetention(
            @Required
            @Description("GOVERNANCE can be passed over by who may; COMPLIANCE by nobody, the stack included.")
            @OneOf({"GOVERNANCE", "COMPLIANCE"})
            String mode,

            @Description("Days of retention.") @Nullable @Range(min = 1, max = 36_500)
            Integer days,

            @Description("Years of retention.") @Nullable @Range(min = 1, max = 100)
            Integer years) {}
}
