package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.lambda.Constraints;
import dev.ruststack.emulator.lambda.LambdaError;
import dev.ruststack.emulator.lambda.eventsource.EventPattern;
import dev.ruststack.emulator.lambda.eventsource.EventSourceMapping;
import dev.ruststack.emulator.lambda.operations.EventSourceMappingDocument.DestinationConfig;
import dev.ruststack.emulator.lambda.operations.EventSourceMappingDocument.Filter;
import dev.ruststack.emulator.lambda.operations.EventSourceMappingDocument.FilterCriteria;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What CreateEventSourceMapping and UpdateEventSourceMapping say of a mapping; null for what they say nothing of. */
record EventSourceMappingMembers(
        @Nullable Boolean enabled,
        @Nullable Integer batchSize,
        @Nullable Integer maximumBatchingWindowInSeconds,
        @Nullable Integer parallelizationFactor,
        @Nullable Integer maximumRecordAgeInSeconds,
        @Nullable Boolean bisectBatchOnFunctionError,
        @Nullable Integer maximumRetryAttempts,
        @Nullable Integer tumblingWindowInSeconds,
        @Nullable List<String> functionResponseTypes,
        @Nullable FilterCriteria filterCriteria,
        @Nullable DestinationConfig destinationConfig) {
    private static final Pattern STREAM =
            Pattern.compile("arn:aws[a-zA-Z-]*:dynamodb:[a-z0-9-]+:\\d{12}:table/[a-zA-Z0-9_.-]+/stream/[^/]+");
    private static final String BUCKET = "arn:aws:s3:::";
    private static final int MOST_FILTERS = 5;

    EventSourceMappingMembers check(String operation) {
        new Constraints()
                .range("batchSize", batchSize, 1, 10_000)
                .range("maximumBatchingWindowInSeconds", maximumBatchingWindowInSeconds, 0, 300)
                .range("parallelizationFactor", parallelizationFactor, 1, 10)
                .range("maximumRecordAgeInSeconds", maximumRecordAgeInSeconds, -1, 604_800)
                .range("maximumRetryAttempts", maximumRetryAttempts, -1, 10_000)
                .range("tumblingWindowInSeconds", tumblingWindowInSeconds, 0, 900)
                .size("functionResponseTypes", functionResponseTypes, 1)
                .check();
        if (functionResponseTypes != null) {
            functionResponseTypes.forEach(type -> new Constraints()
                    .oneOf("functionResponseTypes", type, List.of(EventSourceMapping.REPORT_BATCH_ITEM_FAILURES))
                    .check());
        }
        checkFilters();
        checkDestination(operation);
        return this;
    }

    /** Refuses the sources that RustStack does not have, by name. */
    static void checkSource(String operation, @Nullable String eventSourceArn) {
        new Constraints().required("eventSourceArn", eventSourceArn).check();
        if (!STREAM.matcher(Objects.requireNonNull(eventSourceArn)).matches()) {
            var parts = eventSourceArn.split(":", 4);
            throw parts.length == 4 && parts[0].equals("arn") && !parts[2].equals("dynamodb")
                    ? LambdaError.NOT_IMPLEMENTED.saying(operation + " with an event source of " + parts[2]
                            + " is not implemented: streams of DynamoDB are.")
                    : LambdaError.INVALID_PARAMETER_VALUE.saying(
                            "Unrecognized event source, must be kinesis, dynamodb stream or sqs. Unsupported source arn: "
                                    + eventSourceArn);
        }
    }

    private void checkFilters() {
        var patterns = patterns();
        if (patterns == null) {
            return;
        }
        if (patterns.size() > MOST_FILTERS) {
            throw LambdaError.INVALID_PARAMETER_VALUE.saying(
                    "FilterCriteria can have at most " + MOST_FILTERS + " filters.");
        }
        for (var pattern : patterns) {
            try {
                EventPattern.parse(pattern);
            } catch (IllegalArgumentException e) {
                throw LambdaError.INVALID_PARAMETER_VALUE.saying(
                        "Invalid filter pattern definition: " + e.getMessage() + ".");
            }
        }
    }

    private @Nullable List<String> patterns() {
        return filterCriteria == null
                ? null
                : Objects.requireNonNullElse(filterCriteria.filters(), List.<Filter>of()).stream()
                        .map(filter -> Objects.requireNonNullElse(filter.pattern(), "{}"))
                        .toList();
    }

    private void checkDestination(String operation) {
        var destination = destination();
        if (destination == null || destination.isEmpty() || destination.startsWith(BUCKET)) {
            return;
        }
        throw LambdaError.NOT_IMPLEMENTED.saying(
                operation + " with the destination " + destination + " is not implemented: a bucket's ARN is.");
    }

    private @Nullable String destination() {
        return destinationConfig == null || destinationConfig.onFailure() == null
                ? null
                : destinationConfig.onFailure().destination();
    }

    /** A mapping with these members, and those of another where nothing is said. */
    EventSourceMapping over(EventSourceMapping other, String functionArn, double now) {
        var destination = destination();
        return new EventSourceMapping(
                other.uuid(),
                other.eventSourceArn(),
                functionArn,
                or(enabled, other.enabled()),
                or(batchSize, other.batchSize()),
                or(maximumBatchingWindowInSeconds, other.maximumBatchingWindowInSeconds()),
                or(parallelizationFactor, other.parallelizationFactor()),
                other.startingPosition(),
                or(maximumRecordAgeInSeconds, other.maximumRecordAgeInSeconds()),
                or(bisectBatchOnFunctionError, other.bisectBatchOnFunctionError()),
                or(maximumRetryAttempts, other.maximumRetryAttempts()),
                or(functionResponseTypes, other.functionResponseTypes()),
                or(patterns(), other.filters()),
                destinationConfig == null
                        ? other.onFailure()
                        : destination == null || destination.isEmpty() ? null : destination,
                or(tumblingWindowInSeconds, other.tumblingWindowInSeconds()),
                now);
    }

    private static <T> T or(@Nullable T said, T otherwise) {
        return said == null ? otherwise : said;
    }
}
