package dev.ruststack.emulator.seed;

import dev.ruststack.crds.table.ItemsFrom;
import dev.ruststack.crds.table.TableSpec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Seeds one table: created where it is missing, compared where it is there, then its items, written over. */
final class TableSeeder {
    /** AWS: DynamoDB API Reference, BatchWriteItem. */
    private static final int BATCH = 25;

    private static final int MOST_ATTEMPTS = 8;
    private static final TypeReference<LinkedHashMap<String, @Nullable Object>> ITEM = new TypeReference<>() {};

    private final Calls dynamoDb;
    private final SeedSources sources;
    private final boolean exact;

    /** @param exact whether other items are removed, and a table with other keys is made anew */
    TableSeeder(Calls dynamoDb, SeedSources sources, boolean exact) {
        this.dynamoDb = dynamoDb;
        this.sources = sources;
        this.exact = exact;
    }

    SeedItem seed(TableSpec table) throws SeedException, IOException {
        var description = describe(table);
        if (exact && description != null && !hasDeclaredKeys(table, description)) {
            new ItemPruner(dynamoDb).remove(table.name());
            description = null;
        }
        if (description == null) {
            Calls.require(dynamoDb.dynamoDb("CreateTable", TableDefinition.of(table)), "CreateTable");
            description = describe(table);
        } else {
            requireSameKeys(table, description);
        }
        timeToLive(table);
        int items = put(table);
        if (description == null) {
            throw new UnavailableException("the table was created and is not there");
        }
        return SeedItem.ready(
                "Table", table.name(), description.path("TableArn").asString(), items);
    }

    /** What has become of a table that was made before. */
    SeedItem look(TableSpec table) throws SeedException, IOException {
        var description = describe(table);
        return description == null
                ? SeedItem.deleted("Table", table.name())
                : SeedItem.ready(
                        "Table", table.name(), description.path("TableArn").asString(), null);
    }

    private @Nullable JsonNode describe(TableSpec table) throws SeedException, IOException {
        var answer = dynamoDb.dynamoDb("DescribeTable", named(table));
        return !answer.ok() && answer.text().contains("ResourceNotFoundException")
                ? null
                : Calls.read(Calls.require(answer, "DescribeTable")).path("Table");
    }

    private static void requireSameKeys(TableSpec table, JsonNode description) throws SeedException {
        if (!hasDeclaredKeys(table, description)) {
            throw new SeedException("the table is there with other keys, " + description.path("KeySchema")
                    + ", which DynamoDB cannot change; delete it, or reset the stack");
        }
    }

    private static boolean hasDeclaredKeys(TableSpec table, JsonNode description) {
        var declared = TableDefinition.keySchema(Calls.JSON.createArrayNode(), table.keySchema());
        return declared.equals(description.path("KeySchema"));
    }

    private static ObjectNode named(TableSpec table) {
        return Calls.JSON.createObjectNode().put("TableName", table.name());
    }

    private void timeToLive(TableSpec table) throws SeedException, IOException {
        var declared = table.timeToLive();
        if (declared == null) {
            return;
        }
        var now =
                Calls.read(Calls.require(dynamoDb.dynamoDb("DescribeTimeToLive", named(table)), "DescribeTimeToLive"));
        var status = now.path("TimeToLiveDescription").path("TimeToLiveStatus").asString("DISABLED");
        if (status.startsWith("ENABL") == declared.enabled()) {
            return;
        }
        var update = named(table);
        update.putObject("TimeToLiveSpecification")
                .put("AttributeName", declared.attributeName())
                .put("Enabled", declared.enabled());
        Calls.require(dynamoDb.dynamoDb("UpdateTimeToLive", update), "UpdateTimeToLive");
    }

    private int put(TableSpec table) throws SeedException, IOException {
        var items = new ArrayList<ObjectNode>();
        for (var item : table.items()) {
            items.add(item(table, item));
        }
        for (var from : table.itemsFrom()) {
            try (var reader = reader(from)) {
                for (var item : read(reader)) {
                    items.add(item(table, item));
                }
            }
        }
        if (exact) {
            new ItemPruner(dynamoDb).prune(table, items);
        }
        for (int start = 0; start < items.size(); start += BATCH) {
            write(table, items.subList(start, Math.min(start + BATCH, items.size())));
        }
        return items.size();
    }

    private static ObjectNode item(TableSpec table, Map<String, @Nullable Object> item) throws SeedException {
        return table.itemsFormat().equals(TableSpec.DYNAMODB_JSON)
                ? AttributeValues.taggedItem(item)
                : AttributeValues.plainItem(item);
    }

    private Reader reader(ItemsFrom from) throws SeedException, IOException {
        if (from.path() != null) {
            return Files.newBufferedReader(sources.resolve(from.path()));
        }
        var references = new References(sources);
        var bytes =
                from.parts().isEmpty() ? references.find(from.configMapKeyRef(), null) : references.join(from.parts());
        if (bytes == null) {
            throw new SeedException("itemsFrom names no source");
        }
        return new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8);
    }

    /** A JSON array of items, or one item on each line. */
    private static List<Map<String, @Nullable Object>> read(Reader reader) throws SeedException {
        var items = new ArrayList<Map<String, @Nullable Object>>();
        try (var parser = Calls.JSON.createParser(reader);
                var values = Calls.JSON.readerFor(ITEM).<Map<String, @Nullable Object>>readValues(parser)) {
            while (values.hasNext()) {
                items.add(values.next());
            }
        } catch (JacksonException e) {
            throw new SeedException(
                    "itemsFrom: expected a JSON array of items or one item a line: " + e.getOriginalMessage());
        }
        return items;
    }

    private void write(TableSpec table, List<ObjectNode> items) throws SeedException, IOException {
        JsonNode pending = batch(table, items);
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            var request = Calls.JSON.createObjectNode();
            request.set("RequestItems", pending);
            var answer = Calls.require(dynamoDb.dynamoDb("BatchWriteItem", request), "BatchWriteItem");
            pending = Calls.read(answer).path("UnprocessedItems");
            if (pending.isEmpty()) {
                return;
            }
        }
        throw new UnavailableException("BatchWriteItem leaves items unprocessed");
    }

    private static JsonNode batch(TableSpec table, List<ObjectNode> items) {
        var requests = Calls.JSON.createObjectNode();
        var puts = requests.putArray(table.name());
        for (var item : items) {
            puts.addObject().putObject("PutRequest").set("Item", item);
        }
        return requests;
    }
}
