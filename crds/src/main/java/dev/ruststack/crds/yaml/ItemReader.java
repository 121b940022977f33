package dev.ruststack.crds.yaml;

import dev.ruststack.crds.table.TableSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads the items of a table, in the format that the table says. */
abstract sealed class ItemReader permits PlainItems, TypedItems {
    final TreeGuard guard;
    private final ItemRules rules;

    ItemReader(TreeGuard guard, ItemRules rules) {
        this.guard = guard;
        this.rules = rules;
    }

    static ItemReader of(MappingNode table, TreeGuard guard) {
        var typed = ObjectReader.peek(table, "itemsFormat") instanceof ScalarNode format
                && format.getValue().equals(TableSpec.DYNAMODB_JSON);
        var rules = new ItemRules(table, typed);
        return typed ? new TypedItems(guard, rules) : new PlainItems(guard, rules);
    }

    /** All items; one in which a problem was found is empty, so that the table's own rules can be asked. */
    List<Map<String, @Nullable Object>> items(SequenceNode sequence, Place place) {
        var items = new ArrayList<Map<String, @Nullable Object>>();
        for (var node : sequence.getValue()) {
            var before = place.log().misfits();
            var at = place.item(items.size());
            var item = guarded(node, at);
            if (item != null && place.log().misfits() == before) {
                rules.check(item, at);
            }
            place.log().forgetMisfitsSince(before);
            items.add(item == null ? Map.of() : item);
        }
        return items;
    }

    private @Nullable Map<String, @Nullable Object> guarded(Node node, Place place) {
        if (!guard.enter(node, place)) {
            return null;
        }
        try {
            return item(node, place);
        } finally {
            guard.leave(node);
        }
    }

    /** One item by attribute name; null when it is none. */
    abstract @Nullable Map<String, @Nullable Object> item(Node node, Place place);
}
