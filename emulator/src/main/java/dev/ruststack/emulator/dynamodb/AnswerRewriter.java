package dev.ruststack.emulator.dynamodb;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** Makes an answer of DynamoDB Local one that AWS would give: its ARNs, its region, and members that are missing. */
final class AnswerRewriter {
    /** Whose answers hold ARNs or the region outside of what users have stored. */
    private static final Set<String> NAMING = Set.of(
            "CreateTable",
            "DeleteTable",
            "DescribeTable",
            "UpdateTable",
            "ListStreams",
            "DescribeStream",
            "GetShardIterator",
            "GetRecords");

    private static final List<String> INDEXES = List.of("GlobalSecondaryIndexes", "LocalSecondaryIndexes");
    private static final List<String> TIMES_OF_THROUGHPUT = List.of("LastIncreaseDateTime", "LastDecreaseDateTime");

    private final TableDefinitions definitions;

    AnswerRewriter(TableDefinitions definitions) {
        this.definitions = definitions;
    }

    /** Whether an answer is left as it is, and need not be looked into. */
    static boolean leaves(DynamoDbOperation operation, Map<String, String> tableArns) {
        return !NAMING.contains(operation.name()) && tableArns.isEmpty();
    }

    /**
     * The answer to a request that succeeded.
     *
     * @param tableArns the ARNs by which the request named tables, by their names
     */
    byte[] rewrite(DynamoDbOperation operation, DataSet caller, Map<String, String> tableArns, byte[] answer) {
        var edits = switch (operation.name()) {
            case "CreateTable", "DeleteTable", "DescribeTable" -> description(caller, answer);
            // DescribeTable may have been asked in its place.
            case "UpdateTable" ->
                description(caller, answer).names("", name -> name.equals("Table") ? "TableDescription" : name);
            case "ListStreams" -> new JsonEdits().value("Streams/StreamArn", caller::fromLocal);
            case "DescribeStream" -> new JsonEdits().value("StreamDescription/StreamArn", caller::fromLocal);
            case "GetShardIterator" -> new JsonEdits().value("ShardIterator", caller::fromLocal);
            case "GetRecords" ->
                new JsonEdits()
                        .value("NextShardIterator", caller::fromLocal)
                        .value("Records/awsRegion", local -> caller.region());
            default -> namesOfTables(tableArns);
        };
        return JsonSplicer.splice(answer, edits);
    }

    private JsonEdits description(DataSet caller, byte[] answer) {
        var document = DynamoDbProtocol.JSON.readTree(answer);
        var place = document.has("Table") ? "Table" : "TableDescription";
        var table = document.path(place);
        var known = definitions.members(caller, table);
        var id = "\"TableId\":\"" + tableId(caller, table) + "\"";
        var edits = new JsonEdits()
                .value(place + "/TableArn", caller::fromLocal)
                .value(place + "/LatestStreamArn", caller::fromLocal)
                .append(place, id + "," + known)
                .appendInTurn(place + "/GlobalSecondaryIndexes", definitions.indexMembers(caller, table));
        for (var time : TIMES_OF_THROUGHPUT) {
            edits.dropZero(place + "/ProvisionedThroughput/" + time);
        }
        for (var index : INDEXES) {
            edits.value(place + "/" + index + "/IndexArn", caller::fromLocal);
            for (var time : TIMES_OF_THROUGHPUT) {
                edits.dropZero(place + "/" + index + "/ProvisionedThroughput/" + time);
            }
        }
        return edits;
    }

    /** The same for as long as the table lives: DynamoDB Local has none, but tells when a table was made. */
    private static UUID tableId(DataSet caller, JsonNode table) {
        var seed = caller.tableArn(table.path("TableName").asString("")) + " "
                + table.path("CreationDateTime").asString("");
        return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8));
    }

    /** A caller who names a table by its ARN is answered in the same way. */
    private static JsonEdits namesOfTables(Map<String, String> tableArns) {
        UnaryOperator<String> asNamed = name -> tableArns.getOrDefault(name, name);
        return new JsonEdits()
                .names("Responses", asNamed)
                .names("UnprocessedKeys", asNamed)
                .names("UnprocessedItems", asNamed)
                .names("ItemCollectionMetrics", asNamed)
                .value("ConsumedCapacity/TableName", asNamed);
    }
}
