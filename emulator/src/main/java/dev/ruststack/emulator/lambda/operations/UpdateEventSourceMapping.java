package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.Functions;
import dev.ruststack.emulator.lambda.eventsource.EventSourceMappings;
import dev.ruststack.emulator.lambda.operations.EventSourceMappingDocument.DestinationConfig;
import dev.ruststack.emulator.lambda.operations.EventSourceMappingDocument.FilterCriteria;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes how a function processes a stream; it goes on where it was. AWS: Lambda API Reference, UpdateEventSourceMapping. */
@Http(value = "PUT /2015-03-31/event-source-mappings/{UUID}", code = 202)
public final class UpdateEventSourceMapping
        implements Operation<UpdateEventSourceMapping.Input, EventSourceMappingDocument> {
    private final Functions functions;
    private final EventSourceMappings mappings;
    private final Clock clock;

    public UpdateEventSourceMapping(Functions functions, EventSourceMappings mappings, Clock clock) {
        this.functions = functions;
        this.mappings = mappings;
        this.clock = clock;
    }

    record Input(
            @HttpLabel String uUID,
            @Nullable String functionName,
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
        var members = input.members().check("UpdateEventSourceMapping");
        var before = mappings.require(input.uUID());
        var functionArn = before.functionArn();
        if (input.functionName() != null) {
            var name = FunctionName.parse(input.functionName(), null, FunctionName.Use.READ, call);
            functions.requireVersion(name);
            functionArn = name.invokedArn();
        }
        var now = clock.millis() / 1000.0;
        var target = functionArn;
        var changed = mappings.change(input.uUID(), mapping -> members.over(mapping, target, now));
        var state = changed.enabled() == before.enabled() ? "Updating" : changed.enabled() ? "Enabling" : "Disabling";
        return EventSourceMappingDocument.of(changed, mappings, state);
    }
}
