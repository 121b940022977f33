package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.lambda.eventsource.EventSourceMappings;

/** Tells of an event source mapping. AWS: Lambda API Reference, GetEventSourceMapping. */
@Http("GET /2015-03-31/event-source-mappings/{UUID}")
public final class GetEventSourceMapping implements Operation<GetEventSourceMapping.Input, EventSourceMappingDocument> {
    private final EventSourceMappings mappings;

    public GetEventSourceMapping(EventSourceMappings mappings) {
        this.mappings = mappings;
    }

    record Input(@HttpLabel String uUID) {}

    @Override
    public EventSourceMappingDocument handle(Input input, Call call) {
        return EventSourceMappingDocument.of(mappings.require(input.uUID()), mappings);
    }
}
