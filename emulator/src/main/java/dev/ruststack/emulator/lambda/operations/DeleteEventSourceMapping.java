package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.lambda.ResourceTags;
import dev.ruststack.emulator.lambda.eventsource.EventSourceMappings;

/** Has a function process a stream no more. AWS: Lambda API Reference, DeleteEventSourceMapping. */
@Http(value = "DELETE /2015-03-31/event-source-mappings/{UUID}", code = 202)
public final class DeleteEventSourceMapping
        implements Operation<DeleteEventSourceMapping.Input, EventSourceMappingDocument> {
    private final EventSourceMappings mappings;
    private final ResourceTags tags;

    public DeleteEventSourceMapping(EventSourceMappings mappings, ResourceTags tags) {
        this.mappings = mappings;
        this.tags = tags;
    }

    record Input(@HttpLabel String uUID) {}

    @Override
    public EventSourceMappingDocument handle(Input input, Call call) {
        var document = EventSourceMappingDocument.of(mappings.remove(input.uUID()), mappings, "Deleting");
        tags.forget(document.eventSourceMappingArn());
        return document;
    }
}
