package dev.ruststack.emulator.seed;

import dev.ruststack.crds.table.KeySchemaElement;
import dev.ruststack.crds.table.TableSpec;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Removes tables and items that are not declared. */
record ItemPruner(Calls dynamoDb) {
    /** The names of all tables of the stack's account and region. */
    List<String> tables() throws SeedException, IOException {
        var names = new ArrayList<String>();
        var request = Calls.JSON.createObjectNode();
        while (true) {
            var page = Calls.read(Calls.require(dynamoDb.dynamoDb("ListTables", request), "ListTables"));
            page.path("TableNames").forEach(name -> names.add(name.asString()));
            if (!page.has("LastEvaluatedTableName")) {
                return names;
            }
            request.set("ExclusiveStartTableName", page.path("LastEvaluatedTableName"));
        }
    }

    /** Removes a table, one that is protected against it too. */
    void remove(String table) throws SeedException, IOException {
        var named = Calls.JSON.createObjectNode().put("TableName", table);
        if (!dynamoDb.dynamoDb("DeleteTable", named).ok()) {
            Calls.require(
                    dynamoDb.dynamoDb("UpdateTable", named.deepCopy().put("DeletionProtectionEnabled", false)),
                    "UpdateTable");
            Calls.require(dynamoDb.dynamoDb("DeleteTable", named), "DeleteTable");
        }
    }

    /** Removes every item of a table but those with the keys of these. */
    void prune(TableSpec table, List<ObjectNode> items) throws SeedException, IOException {
        var keys =
                table.keySchema().stream().map(KeySchemaElement::attributeName).toList();
        Set<String> kept = new HashSet<>();
        items.forEach(item -> kept.add(key(item, keys)));
        var request = scan(table.name(), keys);
        while (true) {
            var page = Calls.read(Calls.require(dynamoDb.dynamoDb("Scan", request), "Scan"));
            for (var found : page.path("Items")) {
                if (!kept.contains(key(found, keys))) {
                    var delete = Calls.JSON.createObjectNode().put("TableName", table.name());
                    delete.set("Key", found);
                    Calls.require(dynamoDb.dynamoDb("DeleteItem", delete), "DeleteItem");
                }
            }
            if (!page.has("LastEvaluatedKey")) {
                return;
            }
            request.set("ExclusiveStartKey", page.path("LastEvaluatedKey"));
        }
    }

    private static ObjectNode scan(String table, List<String> keys) {
        var request = Calls.JSON.createObjectNode().put("TableName", table);
        var names = request.putObject("ExpressionAttributeNames");
        var projection = new ArrayList<String>();
        for (int i = 0; i < keys.size(); i++) {
            names.put("#k" + i, keys.get(i));
            projection.add("#k" + i);
        }
        return request.put("ProjectionExpression", String.join(",", projection));
    }

    /** Equal keys have equal texts: 1.0 and 1 are one number. */
    private static String key(JsonNode item, List<String> names) {
        var key = new StringBuilder();
        for (var name : names) {
            var value = item.path(name);
            var number = value.path("N").asString("");
            key.append(
                            number.isEmpty()
                                    ? value
                                    : new BigDecimal(number)
                                            .stripTrailingZeros()
                                            .toPlainString())
                    .append('\n');
        }
        return key.toString();
    }
}
