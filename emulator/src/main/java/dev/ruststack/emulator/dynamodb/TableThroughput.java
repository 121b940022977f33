package dev.ruststack.emulator.dynamodb;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.dynamodb.TableNotes.Note;
import dev.ruststack.emulator.dynamodb.TableNotes.Units;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The warm throughput of tables and indexes, which DynamoDB Local does not know: every description has it, and Terraform
 * waits until it is {@code ACTIVE}. It has no effect. AWS: DynamoDB Developer Guide, Understanding DynamoDB warm
 * throughput.
 */
final class TableThroughput {
    static final String WARM = "WarmThroughput";
    static final String UPDATES = "GlobalSecondaryIndexUpdates";
    private static final String INDEXES = "GlobalSecondaryIndexes";
    private static final String READS = "ReadUnitsPerSecond";
    private static final String WRITES = "WriteUnitsPerSecond";
    private static final String OF_TABLE = "";
    private static final Units ON_DEMAND = new Units(12_000, 4_000);
    private static final String INITIAL =
            " is lower than initial throughput for OnDemand. See: https://docs.aws.amazon.com/amazondynamodb/latest/"
                    + "developerguide/on-demand-capacity-mode.html#on-demand-capacity-mode-initial";
    private static final String LOWER =
            " is lower than current WarmThroughput, decreasing WarmThroughput is not supported";

    private TableThroughput() {}

    /** What the input of CreateTable or UpdateTable asks for, by index. */
    private static Map<String, JsonNode> asked(JsonNode input) {
        var asked = new HashMap<String, JsonNode>();
        put(asked, OF_TABLE, input);
        for (var index : input.path(INDEXES)) {
            put(asked, name(index), index);
        }
        for (var update : input.path(UPDATES)) {
            for (var action : update) {
                put(asked, name(action), action);
            }
        }
        return asked;
    }

    private static void put(Map<String, JsonNode> asked, String index, JsonNode owner) {
        if (!owner.path(WARM).isEmpty()) {
            asked.put(index, owner.path(WARM));
        }
    }

    private static String name(JsonNode index) {
        return index.path("IndexName").asString("");
    }

    static boolean isAsked(JsonNode input) {
        return !asked(input).isEmpty();
    }

    /** Checks a new table. */
    static void checkNew(JsonNode input) {
        if (input.path("BillingMode").asString("PROVISIONED").equals("PAY_PER_REQUEST")) {
            asked(input).forEach((index, warm) -> requireNoLess(index, warm, ON_DEMAND, INITIAL));
        }
    }

    /** Checks a change of the table that is described. */
    static void checkChange(JsonNode input, JsonNode table, Note note) {
        var current = current(table, note);
        asked(input).forEach((index, warm) -> {
            var before = current.get(index);
            if (before != null) {
                requireNoLess(index, warm, before, LOWER);
            }
        });
    }

    private static void requireNoLess(String index, JsonNode warm, Units least, String why) {
        if (warm.path(READS).asLong(least.reads()) < least.reads()) {
            throw invalid(READS, index, why);
        }
        if (warm.path(WRITES).asLong(least.writes()) < least.writes()) {
            throw invalid(WRITES, index, why);
        }
    }

    private static AwsException invalid(String member, String index, String why) {
        return DynamoDbError.VALIDATION.saying("One or more parameter values were invalid: Requested " + member
                + " for WarmThroughput for " + (index.equals(OF_TABLE) ? "table" : "index " + index) + why);
    }

    /** What is noted once a table was made or changed; what is left out stays, and 0 stands for nothing asked. */
    static Map<String, Units> noted(JsonNode input, Map<String, Units> before) {
        var after = new HashMap<>(before);
        asked(input).forEach((index, warm) -> {
            var known = before.getOrDefault(index, new Units(0, 0));
            after.put(
                    index,
                    new Units(
                            warm.path(READS).asLong(known.reads()),
                            warm.path(WRITES).asLong(known.writes())));
        });
        for (var update : input.path(UPDATES)) {
            if (update.has("Delete")) {
                after.remove(name(update.path("Delete")));
            }
        }
        return after;
    }

    /** The warm throughput of a table and its indexes, by index. */
    private static Map<String, Units> current(JsonNode table, Note note) {
        boolean onDemand = onDemand(table);
        var current = new HashMap<String, Units>();
        current.put(OF_TABLE, current(OF_TABLE, table, note, onDemand));
        for (var index : table.path(INDEXES)) {
            current.put(name(index), current(name(index), index, note, onDemand));
        }
        return current;
    }

    private static Units current(String index, JsonNode owner, Note note, boolean onDemand) {
        var provisioned = owner.path("ProvisionedThroughput");
        var least = onDemand
                ? ON_DEMAND
                : new Units(
                        provisioned.path("ReadCapacityUnits").asLong(0),
                        provisioned.path("WriteCapacityUnits").asLong(0));
        return least.atLeast(note.warm().getOrDefault(index, least));
    }

    private static boolean onDemand(JsonNode table) {
        return table.path("BillingModeSummary").path("BillingMode").asString("").equals("PAY_PER_REQUEST");
    }

    /** The members of a table's description, without braces. */
    static String members(JsonNode table, Note note) {
        return warm(current(OF_TABLE, table, note, onDemand(table)));
    }

    /** The members of a description of one of its global secondary indexes; on demand it has a throughput of zero. */
    static String members(JsonNode index, JsonNode table, Note note) {
        boolean onDemand = onDemand(table);
        var warm = warm(current(name(index), index, note, onDemand));
        return onDemand && !index.has("ProvisionedThroughput")
                ? "\"ProvisionedThroughput\":{\"NumberOfDecreasesToday\":0,\"ReadCapacityUnits\":0,\"WriteCapacityUnits\":0},"
                        + warm
                : warm;
    }

    private static String warm(Units units) {
        return "\"" + WARM + "\":{\"" + READS + "\":" + units.reads() + ",\"" + WRITES + "\":" + units.writes()
                + ",\"Status\":\"ACTIVE\"}";
    }
}
