package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.lambda.Constraints;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.Functions;
import dev.ruststack.emulator.lambda.LambdaError;
import dev.ruststack.emulator.lambda.ResourceTags;
import dev.ruststack.emulator.lambda.eventsource.EventSourceMapping;
import dev.ruststack.emulator.lambda.eventsource.EventSourceMappings;
import dev.ruststack.emulator.lambda.operations.EventSourceMappingDocument.DestinationConfig;
import dev.ruststack.emulator.lambda.operations.EventSourceMappingDocument.FilterCriteria;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Has a function process a stream of DynamoDB. AWS: Lambda API Reference, CreateEventSourceMapping. */
@Http(value = "POST /2015-03-31/event-source-mappings", code = 202)
public final class CreateEventSourceMapping
        implements Operation<CreateEventSourceMapping.Input, EventSourceMappingDocument> {
    private static final int DEFAULT_BATCH = 100;

    private final Functions functions;
    private final EventSourceMappings mappings;
    private final ResourceTags tags;
    private final Clock clock;

    public CreateEventSourceMapping(Functions functions, EventSourceMappings mappings, ResourceTags tags, Clock clock) {
        this.tags = tags;
        this.functions = functions;
        this.mappings = mappings;
        this.clock = clock;
    }

    record Input(
            @Nullable String functionName,
            @Nullable String eventSourceArn,
            @Nullable String startingPosition,
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
            @Nullable DestinationConfig destinationConfig,
            @Nullable Map<String, String> tags) {
        EventSourceMappingMembers members() {
            return new EventSourceMappingMembers(
                    enabled,
                    batchSize,
                    maximumBatchingWindowInSeconds,
                    parallelizationFactor,
                    maximumRecordAgeInSeconds,
                    bisectBatchOnFunctionError,
                    maximumRetryAttempts,
                    tumblingWindowInSeconds,
                    functionResponseTypes,
                    filterCriteria,
                    destinationConfig);
        }
    }

    @Override
    public EventSourceMappingDocument handle(Input input, Call call) {
        new Constraints().required("functionName", input.functionName()).check();
        var tagged = Tags.require(Objects.requireNonNullElse(input.tags(), Map.of()));
        EventSourceMappingMembers.checkSource("CreateEventSourceMapping", input.eventSourceArn());
        var members = input.members().check("CreateEventSourceMapping");
        new Constraints()
                .oneOf("startingPosition", input.startingPosition(), List.of("TRIM_HORIZON", "LATEST", "AT_TIMESTAMP"))
                .check();
        if (input.startingPosition() == null || input.startingPosition().equals("AT_TIMESTAMP")) {
            throw LambdaError.INVALID_PARAMETER_VALUE.saying(
                    "1 validation error detected: Value " + input.startingPosition()
                            + " at 'startingPosition' failed to satisfy constraint: Member must be LATEST or TRIM_HORIZON for a DynamoDB stream");
        }
        var name = FunctionName.parse(Objects.requireNonNull(input.functionName()), null, FunctionName.Use.READ, call);
        functions.requireVersion(name);
        var streamArn = Objects.requireNonNull(input.eventSourceArn());
        var unreadable = mappings.whyUnreadable(streamArn);
        if (unreadable != null) {
            throw LambdaError.INVALID_PARAMETER_VALUE.saying(unreadable);
        }
        var defaults = new EventSourceMapping(
                UUID.randomUUID().toString(),
                streamArn,
                name.invokedArn(),
                true,
                DEFAULT_BATCH,
                0,
                1,
                input.startingPosition(),
                -1,
                false,
                -1,
                List.of(),
                List.of(),
                null,
                0,
                0);
        var mapping = members.over(defaults, name.invokedArn(), clock.millis() / 1000.0);
        mappings.add(mapping);
        var document = EventSourceMappingDocument.of(mapping, mappings, "Creating");
        tags.change(document.eventSourceMappingArn(), none -> tagged);
        return document;
    }
}
