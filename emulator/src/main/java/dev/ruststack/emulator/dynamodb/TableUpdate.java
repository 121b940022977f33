package dev.ruststack.emulator.dynamodb;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request of UpdateTable as DynamoDB Local can make something of it: it fails where an index is given nothing but a
 * warm throughput, where only one limit of the throughput on demand is named, and where nothing is left.
 */
final class TableUpdate {
    private static final Set<String> TRAITS = Set.of("TableClass", "SSESpecification", TableThroughput.WARM);
    private static final String ON_DEMAND = "OnDemandThroughput";
    private static final List<String> LIMITS = List.of("MaxReadRequestUnits", "MaxWriteRequestUnits");

    private final ObjectNode input;
    private final boolean shortened;

    private TableUpdate(ObjectNode input, boolean shortened) {
        this.input = input;
        this.shortened = shortened;
    }

    /** Leaves out what DynamoDB Local does not know. */
    static TableUpdate of(JsonNode asked) {
        var input = ((ObjectNode) asked.deepCopy()).remove(TRAITS);
        var left = DynamoDbProtocol.JSON.createArrayNode();
        for (var update : input.path(TableThroughput.UPDATES)) {
            var each = (ObjectNode) update;
            each.forEach(action -> ((ObjectNode) action).remove(TableThroughput.WARM));
            if (!each.has("Update") || each.get("Update").size() > 1) {
                left.add(each);
            }
        }
        input.remove(TableThroughput.UPDATES);
        if (!left.isEmpty()) {
            input.set(TableThroughput.UPDATES, left);
        }
        return new TableUpdate(input, !input.equals(asked));
    }

    /** Whether the table has to be looked at before. */
    boolean isPartial() {
        return missesLimit(input) || updates().valueStream().anyMatch(update -> missesLimit(update.path("Update")));
    }

    private ArrayNode updates() {
        return input.path(TableThroughput.UPDATES) instanceof ArrayNode updates
                ? updates
                : DynamoDbProtocol.JSON.createArrayNode();
    }

    private static boolean missesLimit(JsonNode owner) {
        var given = owner.path(ON_DEMAND);
        return given.isObject() && LIMITS.stream().anyMatch(limit -> !given.has(limit));
    }

    /** Names both limits where one is: what is left out stays as it is, or is none. */
    void complete(JsonNode table) {
        complete(input, table);
        for (var update : updates()) {
            for (var index : table.path("GlobalSecondaryIndexes")) {
                if (index.path("IndexName").equals(update.path("Update").path("IndexName"))) {
                    complete(update.path("Update"), index);
                }
            }
        }
    }

    private static void complete(JsonNode owner, JsonNode current) {
        if (owner.path(ON_DEMAND) instanceof ObjectNode given) {
            for (var limit : LIMITS) {
                if (!given.has(limit)) {
                    given.put(limit, current.path(ON_DEMAND).path(limit).asLong(-1));
                }
            }
        }
    }

    /** Whether nothing is left of it for DynamoDB Local to do. */
    boolean isNothing() {
        return shortened && input.size() <= (input.has("AttributeDefinitions") ? 2 : 1);
    }

    byte[] body() {
        return DynamoDbProtocol.JSON.writeValueAsBytes(input);
    }
}
