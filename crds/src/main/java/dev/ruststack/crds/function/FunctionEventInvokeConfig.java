package dev.ruststack.crds.function;

import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.CelRule;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Range;
import org.jspecify.annotations.Nullable;

/** What becomes of asynchronous events. AWS: Lambda API Reference, PutFunctionEventInvokeConfig. */
@Bindable
@CelRule(
        rule = "has(self.maximumRetryAttempts) || has(self.maximumEventAgeInSeconds) || has(self.destinationConfig)",
        message = FunctionEventInvokeConfig.RULE)
public record FunctionEventInvokeConfig(
        @Description("How often one is tried again that failed. Absent: 2.") @Nullable @Range(max = 2)
        Integer maximumRetryAttempts,

        @Description("The longest that one is kept. Absent: 21600.") @Nullable @Range(min = 60, max = 21600)
        Integer maximumEventAgeInSeconds,

        @Description("Where records of them go.") @Nullable DestinationConfig destinationConfig) {
    public static final String RULE =
            "needs maximumRetryAttempts, maximumEventAgeInSeconds or destinationConfig, or more of them";

    /** Where records go. AWS: Lambda API Reference, DestinationConfig. */
    @Bindable
    @CelRule(
            rule = "!has(self.onSuccess) || !has(self.onSuccess.bucket)",
            message = "onSuccess." + DestinationConfig.BUCKET_RULE)
    public record DestinationConfig(
            @Description("Those of events that were processed.") @Nullable
            Destination onSuccess,

            @Description("Those of events that were given up.") @Nullable
            Destination onFailure) {
        public static final String BUCKET_RULE =
                "bucket: a bucket can be the destination of failed events only, as on AWS";
    }
}
