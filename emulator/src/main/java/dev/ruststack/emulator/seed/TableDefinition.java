package dev.ruststack.emulator.seed;

import dev.ruststack.crds.table.KeySchemaElement;
import dev.ruststack.crds.table.Projection;
import dev.ruststack.crds.table.ProvisionedThroughput;
import dev.ruststack.crds.table.TableSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A declared table as DynamoDB makes it. AWS: DynamoDB API Reference, CreateTable. */
final class TableDefinition {
    private TableDefinition() {}

    static ObjectNode of(TableSpec table) {
        var node = Calls.JSON.createObjectNode().put("TableName", table.name()).put("BillingMode", table.billingMode());
        var attributes = node.putArray("AttributeDefinitions");
        for (var attribute : table.attributeDefinitions()) {
            attributes
                    .addObject()
                    .put("AttributeName", attribute.attributeName())
                    .put("AttributeType", attribute.scalarType());
        }
        keySchema(node.putArray("KeySchema"), table.keySchema());
        throughput(node, table.provisionedThroughput());
        globalIndexes(table, node);
        localIndexes(table, node);
        var stream = table.streamSpecification();
        if (stream != null) {
            var specification = node.putObject("StreamSpecification").put("StreamEnabled", stream.streamEnabled());
            if (stream.streamViewType() != null) {
                specification.put("StreamViewType", stream.streamViewType());
            }
        }
        if (!table.tags().isEmpty()) {
            var tags = node.putArray("Tags");
            table.tags().forEach(tag -> tags.addObject().put("Key", tag.key()).put("Value", tag.value()));
        }
        return node;
    }

    private static void globalIndexes(TableSpec table, ObjectNode node) {
        if (table.globalSecondaryIndexes().isEmpty()) {
            return;
        }
        var indexes = node.putArray("GlobalSecondaryIndexes");
        for (var index : table.globalSecondaryIndexes()) {
            var each = indexes.addObject().put("IndexName", index.indexName());
            keySchema(each.putArray("KeySchema"), index.keySchema());
            projection(each, index.projection());
            throughput(each, index.provisionedThroughput());
        }
    }

    private static void localIndexes(TableSpec table, ObjectNode node) {
        if (table.localSecondaryIndexes().isEmpty()) {
            return;
        }
        var indexes = node.putArray("LocalSecondaryIndexes");
        for (var index : table.localSecondaryIndexes()) {
            var each = indexes.addObject().put("IndexName", index.indexName());
            keySchema(each.putArray("KeySchema"), index.keySchema());
            projection(each, index.projection());
        }
    }

    /** Keys as CreateTable takes them and DescribeTable gives them back. */
    static ArrayNode keySchema(ArrayNode into, List<KeySchemaElement> keys) {
        for (var key : keys) {
            into.addObject().put("AttributeName", key.attributeName()).put("KeyType", key.keyType());
        }
        return into;
    }

    private static void projection(ObjectNode node, Projection projection) {
        var into = node.putObject("Projection").put("ProjectionType", projection.projectionType());
        if (!projection.nonKeyAttributes().isEmpty()) {
            projection.nonKeyAttributes().forEach(into.putArray("NonKeyAttributes")::add);
        }
    }

    private static void throughput(ObjectNode node, @Nullable ProvisionedThroughput throughput) {
        if (throughput != null) {
            node.putObject("ProvisionedThroughput")
                    .put("ReadCapacityUnits", throughput.readCapacityUnits())
                    .put("WriteCapacityUnits", throughput.writeCapacityUnits());
        }
    }
}
