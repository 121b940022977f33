package dev.ruststack.crds.function;

import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.ExactlyOneOf;
import dev.ruststack.crds.schema.Text;
import org.jspecify.annotations.Nullable;

/** Where records of invocations go. AWS: Lambda API Reference, OnSuccess and OnFailure. */
@Bindable
@ExactlyOneOf(
        value = {"destination", "function", "bucket"},
        counted = true)
public record Destination(
        @Description("ARN of a function or a bucket of the stack.")
        @Nullable
        @Text(min = 1, max = 256, pattern = "arn:.+", means = "an ARN")
        String destination,

        @Description("Name of a function, one of spec.functions.") @Nullable @Text(min = 1, max = 64)
        String function,

        @Description("Name of a bucket, one of spec.buckets: for failed events only, as on AWS.")
        @Nullable
        @Text(min = 3, max = 63)
        String bucket) {}
