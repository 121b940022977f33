package dev.ruststack.crds.function;

import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.ExactlyOneOf;
import dev.ruststack.crds.schema.Text;
import org.jspecify.annotations.Nullable;

/**
 * Where asynchronous events go that could not be processed: here functions and buckets of the stack, which AWS does not
 * take. AWS: Lambda API Reference, DeadLetterConfig.
 */
@Bindable
@ExactlyOneOf(
        value = {"targetArn", "function", "bucket"},
        counted = true)
public record DeadLetterConfig(
        @Description("ARN of a function or a bucket of the stack.")
        @Nullable
        @Text(min = 1, max = 256, pattern = "arn:.+", means = "an ARN")
        String targetArn,

        @Description("Name of a function, one of spec.functions.") @Nullable @Text(min = 1, max = 64)
        String function,

        @Description("Name of a bucket, one of spec.buckets.") @Nullable @Text(min = 3, max = 63)
        String bucket) {}
