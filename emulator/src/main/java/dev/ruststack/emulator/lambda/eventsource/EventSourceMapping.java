package dev.ruststack.emulator.lambda.eventsource;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What of a stream goes to which function, and how. AWS: Lambda API Reference, EventSourceMappingConfiguration.
 *
 * @param functionArn with the qualifier where there is one
 * @param batchSize records in an event, at most
 * @param maximumBatchingWindowInSeconds how long a batch may wait to be full
 * @param parallelizationFactor batches of a shard at a time; those of one partition key come in order
 * @param startingPosition {@code LATEST} or {@code TRIM_HORIZON}
 * @param maximumRecordAgeInSeconds -1 for any age
 * @param maximumRetryAttempts -1 for as many as it takes
 * @param functionResponseTypes {@code ReportBatchItemFailures}, or nothing
 * @param filters event patterns, one of which a record has to match; none: all do
 * @param onFailure the ARN of the bucket for what is given up; null for none
 * @param tumblingWindowInSeconds 0 for none; null, in journals from before there were any, for none
 * @param lastModified seconds since 1970
 */
public record EventSourceMapping(
        String uuid,
        String eventSourceArn,
        String functionArn,
        boolean enabled,
        int batchSize,
        int maximumBatchingWindowInSeconds,
        int parallelizationFactor,
        String startingPosition,
        int maximumRecordAgeInSeconds,
        boolean bisectBatchOnFunctionError,
        int maximumRetryAttempts,
        List<String> functionResponseTypes,
        List<String> filters,
        @Nullable String onFailure,
        Integer tumblingWindowInSeconds,
        double lastModified) {
    public static final String TRIM_HORIZON = "TRIM_HORIZON";
    public static final String LATEST = "LATEST";
    public static final String REPORT_BATCH_ITEM_FAILURES = "ReportBatchItemFailures";

    public EventSourceMapping {
        functionResponseTypes = List.copyOf(functionResponseTypes);
        filters = List.copyOf(filters);
        tumblingWindowInSeconds = Objects.requireNonNullElse(tumblingWindowInSeconds, 0);
    }

    @JsonIgnore
    String region() {
        return eventSourceArn.split(":", 5)[3];
    }

    @JsonIgnore
    boolean hasWindows() {
        return tumblingWindowInSeconds > 0;
    }

    /** Batches of a shard at a time; the state of a window goes from one to the next. */
    @JsonIgnore
    int lanes() {
        return hasWindows() ? 1 : parallelizationFactor;
    }

    @JsonIgnore
    boolean reportsItems() {
        return functionResponseTypes.contains(REPORT_BATCH_ITEM_FAILURES);
    }

    @JsonIgnore
    boolean isTooOld(Duration age) {
        return maximumRecordAgeInSeconds >= 0 && age.toSeconds() > maximumRecordAgeInSeconds;
    }

    @JsonIgnore
    boolean isWorthARetry(int failures) {
        return maximumRetryAttempts < 0 || failures <= maximumRetryAttempts;
    }
}
