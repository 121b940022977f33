package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.eventsource.EventSourceMapping;
import dev.ruststack.emulator.lambda.eventsource.EventSourceMappings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists the event source mappings of a stream, a function, or all. AWS: Lambda API Reference, ListEventSourceMappings. */
@Http("GET /2015-03-31/event-source-mappings")
public final class ListEventSourceMappings
        implements Operation<ListEventSourceMappings.Input, ListEventSourceMappings.Output> {
    private final EventSourceMappings mappings;

    public ListEventSourceMappings(EventSourceMappings mappings) {
        this.mappings = mappings;
    }

    record Input(
            @HttpQuery("EventSourceArn") @Nullable String eventSourceArn,
            @HttpQuery("FunctionName") @Nullable String functionName,
            @HttpQuery("Marker") @Nullable String marker,
            @HttpQuery("MaxItems") @Nullable Integer maxItems) {}

    record Output(
            List<EventSourceMappingDocument> eventSourceMappings,
            @Nullable String nextMarker) {}

    @Override
    public Output handle(Input input, Call call) {
        var function = input.functionName() == null
                ? null
                : FunctionName.parse(input.functionName(), null, FunctionName.Use.READ, call)
                        .invokedArn();
        var found = mappings.all().stream()
                .filter(mapping ->
                        input.eventSourceArn() == null || input.eventSourceArn().equals(mapping.eventSourceArn()))
                .filter(mapping -> function == null || function.equals(mapping.functionArn()))
                .toList();
        var page = Page.of(found, input.marker(), input.maxItems(), EventSourceMapping::uuid);
        return new Output(
                page.items().stream()
                        .map(mapping -> EventSourceMappingDocument.of(mapping, mappings))
                        .toList(),
                page.nextMarker());
    }
}
