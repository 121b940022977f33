package dev.ruststack.emulator.lambda.operations;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ruststack.emulator.lambda.eventsource.EventSourceMapping;
import dev.ruststack.emulator.lambda.eventsource.EventSourceMappings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event source mapping on the wire. AWS: Lambda API Reference, EventSourceMappingConfiguration. */
record EventSourceMappingDocument(
        @JsonProperty("UUID") String uuid,
        String startingPosition,
        int batchSize,
        int maximumBatchingWindowInSeconds,
        int parallelizationFactor,
        String eventSourceArn,
        @Nullable FilterCriteria filterCriteria,
        String functionArn,
        double lastModified,
        String lastProcessingResult,
        String state,
        String stateTransitionReason,
        DestinationConfig destinationConfig,
        int maximumRecordAgeInSeconds,
        boolean bisectBatchOnFunctionError,
        int maximumRetryAttempts,
        int tumblingWindowInSeconds,
        List<String> functionResponseTypes,
        String eventSourceMappingArn) {

    record Filter(@Nullable String pattern) {}

    record FilterCriteria(@Nullable List<Filter> filters) {}

    record OnFailure(@Nullable String destination) {}

    record DestinationConfig(@Nullable OnFailure onFailure) {}

    static EventSourceMappingDocument of(EventSourceMapping mapping, EventSourceMappings mappings) {
        return of(mapping, mappings, mappings.state(mapping));
    }

    static EventSourceMappingDocument of(EventSourceMapping mapping, EventSourceMappings mappings, String state) {
        var function = mapping.functionArn().split(":", 6);
        return new EventSourceMappingDocument(
                mapping.uuid(),
                mapping.startingPosition(),
                mapping.batchSize(),
                mapping.maximumBatchingWindowInSeconds(),
                mapping.parallelizationFactor(),
                mapping.eventSourceArn(),
                mapping.filters().isEmpty()
                        ? null
                        : new FilterCriteria(
                                mapping.filters().stream().map(Filter::new).toList()),
                mapping.functionArn(),
                mapping.lastModified(),
                mappings.lastProcessingResult(mapping),
                state,
                "User action",
                new DestinationConfig(new OnFailure(mapping.onFailure())),
                mapping.maximumRecordAgeInSeconds(),
                mapping.bisectBatchOnFunctionError(),
                mapping.maximumRetryAttempts(),
                mapping.tumblingWindowInSeconds(),
                mapping.functionResponseTypes(),
                "arn:aws:lambda:" + function[3] + ":" + function[4] + ":event-source-mapping:" + mapping.uuid());
    }
}
