package dev.ruststack.emulator.seed;

import dev.ruststack.crds.function.EventSourceMappingSpec;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A stream that a function processes. Where a mapping begins is decided once, when it is made. */
record MappingSetting(LambdaPlace place, String field, String function, EventSourceMappingSpec mapping)
        implements FunctionSetting {
    static final String MAPPINGS = "/2015-03-31/event-source-mappings";

    @Override
    public boolean declared() {
        return true;
    }

    @Override
    public boolean holds() throws SeedException, IOException {
        var found = find(streamArn());
        return found != null && isEnabled(found) == enabled() && Documents.holds(found, members());
    }

    private boolean enabled() {
        return !Boolean.FALSE.equals(mapping.enabled());
    }

    private static boolean isEnabled(JsonNode found) {
        var state = found.path("State").asString("");
        return !state.equals("Disabled") && !state.equals("Disabling");
    }

    @Override
    public void put() throws SeedException, IOException {
        var stream = streamArn();
        var found = find(stream);
        var request = members().put("Enabled", enabled());
        if (found == null) {
            removeOfFormerTable(stream);
            request.put("FunctionName", function)
                    .put("EventSourceArn", stream)
                    .put("StartingPosition", mapping.startingPosition());
            Calls.require(place.lambda().json("POST", MAPPINGS, request), field + ": CreateEventSourceMapping");
        } else {
            var target = MAPPINGS + "/" + found.path("UUID").asString("");
            Calls.require(place.lambda().json("PUT", target, request), field + ": UpdateEventSourceMapping");
        }
    }

    /** A table that was made anew has another stream: what read the one before has nothing to read any more. */
    private void removeOfFormerTable(String stream) throws SeedException, IOException {
        var table = stream.replaceFirst("/stream/.*", "/stream/");
        for (var other : all(place, function)) {
            if (other.path("EventSourceArn").asString("").startsWith(table)) {
                var target = MAPPINGS + "/" + other.path("UUID").asString("");
                Calls.require(place.lambda().call("DELETE", target), field + ": DeleteEventSourceMapping");
            }
        }
    }

    private String streamArn() throws SeedException, IOException {
        var table = mapping.table();
        return table == null ? Objects.requireNonNull(mapping.eventSourceArn()) : place.streamArn(table);
    }

    /** Whether it is of this stream. */
    boolean isOf(JsonNode found) throws SeedException, IOException {
        return found.path("EventSourceArn").asString("").equals(streamArn());
    }

    private @Nullable JsonNode find(String stream) throws SeedException, IOException {
        for (var found : all(place, function)) {
            if (found.path("EventSourceArn").asString("").equals(stream)) {
                return found;
            }
        }
        return null;
    }

    /** All mappings of a function. */
    static Iterable<JsonNode> all(LambdaPlace place, String function) throws SeedException, IOException {
        var answer = place.lambda().call("GET", MAPPINGS + "?FunctionName=" + function);
        return Calls.read(Calls.require(answer, "ListEventSourceMappings")).path("EventSourceMappings");
    }

    private ObjectNode members() {
        var members = Calls.JSON.createObjectNode();
        put(members, "BatchSize", mapping.batchSize());
        put(members, "MaximumBatchingWindowInSeconds", mapping.maximumBatchingWindowInSeconds());
        put(members, "ParallelizationFactor", mapping.parallelizationFactor());
        put(members, "MaximumRetryAttempts", mapping.maximumRetryAttempts());
        put(members, "MaximumRecordAgeInSeconds", mapping.maximumRecordAgeInSeconds());
        put(members, "TumblingWindowInSeconds", mapping.tumblingWindowInSeconds());
        if (mapping.bisectBatchOnFunctionError() != null) {
            members.put("BisectBatchOnFunctionError", mapping.bisectBatchOnFunctionError());
        }
        if (!mapping.functionResponseTypes().isEmpty()) {
            var types = members.putArray("FunctionResponseTypes");
            mapping.functionResponseTypes().forEach(types::add);
        }
        var criteria = mapping.filterCriteria();
        if (criteria != null) {
            var filters = members.putObject("FilterCriteria").putArray("Filters");
            criteria.filters().forEach(filter -> filters.addObject().put("Pattern", filter.pattern()));
        }
        var destinations = mapping.destinationConfig();
        if (destinations != null) {
            var onFailure = destinations.onFailure();
            members.putObject("DestinationConfig")
                    .putObject("OnFailure")
                    .put("Destination", place.arn(onFailure.destination(), null, onFailure.bucket()));
        }
        return members;
    }

    private static void put(ObjectNode members, String member, @Nullable Integer value) {
        if (value != null) {
            members.put(member, value);
        }
    }
}
