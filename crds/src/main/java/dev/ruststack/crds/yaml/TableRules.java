package dev.ruststack.crds.yaml;

import dev.ruststack.crds.table.AttributeDefinition;
import dev.ruststack.crds.table.KeySchemaElement;
import dev.ruststack.crds.table.TableSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What DynamoDB asks of a table as a whole. AWS: DynamoDB API Reference, CreateTable. */
final class TableRules {
    private TableRules() {}

    static void check(TableSpec table, Place place) {
        keyOrder(table.keySchema(), place.field("keySchema"));
        var types = table.attributeDefinitions().stream()
                .collect(Collectors.toMap(
                        AttributeDefinition::attributeName, AttributeDefinition::scalarType, (one, other) -> one));
        var used = new HashSet<String>();
        defined(table.keySchema(), types, used, place.field("keySchema"));
        globalIndexes(table, types, used, place.field("globalSecondaryIndexes"));
        localIndexes(table, types, used, place.field("localSecondaryIndexes"));
        unused(table, used, place.field("attributeDefinitions"));
        throughput(table, place);
    }

    static void keyOrder(List<KeySchemaElement> keys, Place place) {
        var hashFirst = keys.getFirst().keyType().equals(KeySchemaElement.HASH);
        var rangeSecond = keys.size() == 1 || isRangeOfAnotherName(keys.get(1), keys.getFirst());
        if (!hashFirst || !rangeSecond) {
            place.problem(KeySchemaElement.ORDER);
        }
    }

    private static boolean isRangeOfAnotherName(KeySchemaElement second, KeySchemaElement first) {
        return second.keyType().equals(KeySchemaElement.RANGE)
                && !second.attributeName().equals(first.attributeName());
    }

    private static void defined(List<KeySchemaElement> keys, Map<String, String> types, Set<String> used, Place place) {
        for (var i = 0; i < keys.size(); i++) {
            var name = keys.get(i).attributeName();
            used.add(name);
            if (!types.containsKey(name)) {
                var meant = Nearest.to(name, types.keySet());
                place.item(i)
                        .field("attributeName")
                        .problem(name + " is not in attributeDefinitions"
                                + meant.map(near -> "; did you mean " + near + "?")
                                        .orElse(""));
            }
        }
    }

    private static void globalIndexes(TableSpec table, Map<String, String> types, Set<String> used, Place place) {
        var provisioned = table.billingMode().equals(TableSpec.PROVISIONED);
        for (var i = 0; i < table.globalSecondaryIndexes().size(); i++) {
            var index = table.globalSecondaryIndexes().get(i);
            defined(index.keySchema(), types, used, place.item(i).field("keySchema"));
            capacity(provisioned, index.provisionedThroughput() != null, place.item(i));
        }
    }

    private static void localIndexes(TableSpec table, Map<String, String> types, Set<String> used, Place place) {
        var hash = table.keySchema().getFirst().attributeName();
        for (var i = 0; i < table.localSecondaryIndexes().size(); i++) {
            var keys = table.localSecondaryIndexes().get(i).keySchema();
            var at = place.item(i).field("keySchema");
            defined(keys, types, used, at);
            if (!keys.getFirst().attributeName().equals(hash)) {
                at.item(0).field("attributeName").problem("a local index has the table's own HASH attribute, " + hash);
            }
        }
        if (table.keySchema().size() == 1 && !table.localSecondaryIndexes().isEmpty()) {
            place.problem("DynamoDB has local indexes only for tables with a RANGE key");
        }
    }

    private static void unused(TableSpec table, Set<String> used, Place place) {
        for (var i = 0; i < table.attributeDefinitions().size(); i++) {
            var name = table.attributeDefinitions().get(i).attributeName();
            if (!used.contains(name)) {
                place.item(i)
                        .field("attributeName")
                        .problem(name
                                + " is no key of the table or of an index; DynamoDB refuses other attributes here");
            }
        }
    }

    private static void throughput(TableSpec table, Place place) {
        capacity(table.billingMode().equals(TableSpec.PROVISIONED), table.provisionedThroughput() != null, place);
    }

    private static void capacity(boolean provisioned, boolean given, Place place) {
        if (provisioned && !given) {
            place.field("provisionedThroughput").problem("missing; billingMode PROVISIONED needs it");
        } else if (!provisioned && given) {
            place.field("provisionedThroughput").problem("belongs to billingMode PROVISIONED only");
        }
    }
}
