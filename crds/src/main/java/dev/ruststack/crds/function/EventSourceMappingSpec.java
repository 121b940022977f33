package dev.ruststack.crds.function;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.ExactlyOneOf;
import dev.ruststack.crds.schema.OneOf;
import dev.ruststack.crds.schema.Range;
import dev.ruststack.crds.schema.Required;
import dev.ruststack.crds.schema.Size;
import dev.ruststack.crds.schema.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stream that a function processes. AWS: Lambda API Reference, CreateEventSourceMapping. */
@Bindable
@ExactlyOneOf({"table", "eventSourceArn"})
public record EventSourceMappingSpec(
        @Description("One of spec.tables, whose stream is processed; the table has a streamSpecification.")
        @Nullable
        @Text(min = 3, max = 255)
        String table,

        @Description("ARN of a stream of DynamoDB. Every new table has another one: table is the better choice.")
        @Nullable
        @Text(min = 1, max = 512, pattern = "arn:.+", means = "an ARN")
        String eventSourceArn,

        @Required
        @Description("The first record that is processed: the oldest, or the next.")
        @OneOf({"TRIM_HORIZON", "LATEST"})
        String startingPosition,

        @Description("Whether it is processed. Absent: true.") @Nullable
        Boolean enabled,

        @Description("The most records of an invocation. Absent: 100.") @Nullable @Range(min = 1, max = 10000)
        Integer batchSize,

        @Description("Seconds that are waited for more records. Absent: 0.") @Nullable @Range(max = 300)
        Integer maximumBatchingWindowInSeconds,

        @Description("Batches of a shard that are processed at once. Absent: 1.") @Nullable @Range(min = 1, max = 10)
        Integer parallelizationFactor,

        @Description("Which records the function sees. Absent: all.") @Nullable
        FilterCriteria filterCriteria,

        @Description("What the function's result may say.") @JsonInclude(JsonInclude.Include.NON_EMPTY) @Size(max = 1)
        List<@OneOf("ReportBatchItemFailures") String> functionResponseTypes,

        @Description("Whether a batch that failed is halved.") @Nullable
        Boolean bisectBatchOnFunctionError,

        @Description("How often a batch is tried again; -1, the default, for as long as its records live.")
        @Nullable
        @Range(min = -1, max = 10000)
        Integer maximumRetryAttempts,

        @Description("The oldest record that is processed; -1, the default, for any.")
        @Nullable
        @Range(min = -1, max = 604800)
        Integer maximumRecordAgeInSeconds,

        @Description("Seconds of a tumbling window. Absent: 0, no windows.") @Nullable @Range(max = 900)
        Integer tumblingWindowInSeconds,

        @Description("Where records of batches go that are given up.") @Nullable
        DestinationConfig destinationConfig) {
    public EventSourceMappingSpec {
        functionResponseTypes = Absent.asEmpty(functionResponseTypes);
    }

    /** Which records. AWS: Lambda API Reference, FilterCriteria. */
    @Bindable
    public record FilterCriteria(
            @Required @Description("Patterns, of which one has to match.") @Size(min = 1, max = 5)
            List<Filter> filters) {
        public FilterCriteria {
            filters = Absent.asEmpty(filters);
        }
    }

    /** A pattern. AWS: Lambda API Reference, Filter. */
    @Bindable
    public record Filter(
            @Required
            @Description("The pattern: JSON, as text.")
            @Text(min = 2, max = 4096, pattern = "\\s*\\{[\\s\\S]*\\}\\s*", means = "a JSON object, as text")
            String pattern) {}

    /** Where records of batches go. AWS: Lambda API Reference, DestinationConfig. */
    @Bindable
    public record DestinationConfig(
            @Required @Description("Those of batches that are given up.")
            BatchDestination onFailure) {}

    /** A bucket. AWS: Lambda API Reference, OnFailure. */
    @Bindable
    @ExactlyOneOf(
            value = {"destination", "bucket"},
            counted = true)
    public record BatchDestination(
            @Description("ARN of a bucket of the stack.")
            @Nullable
            @Text(min = 1, max = 256, pattern = "arn:.+", means = "an ARN")
            String destination,

            @Description("Name of a bucket, one of spec.buckets.") @Nullable @Text(min = 3, max = 63)
            String bucket) {}
}
