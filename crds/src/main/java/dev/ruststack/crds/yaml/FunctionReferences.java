package dev.ruststack.crds.yaml;

import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** What functions name of the stack: layers, tables, and where their records go. */
final class FunctionReferences {
    private final Node spec;
    private final Place place;
    private final List<String> functions;
    private final List<String> buckets;
    private final List<String> layers;

    FunctionReferences(Node spec, Place place) {
        this.spec = spec;
        this.place = place;
        this.functions = names("functions");
        this.buckets = names("buckets");
        this.layers = names("layers");
    }

    private List<String> names(String list) {
        return ObjectReader.peekAll(spec, list).stream()
                .map(item -> ObjectReader.peekText(item, "name"))
                .filter(Objects::nonNull)
                .toList();
    }

    void check() {
        var declared = ObjectReader.peekAll(spec, "functions");
        for (var i = 0; i < declared.size(); i++) {
            var function = declared.get(i);
            var at = place.field("functions").item(i);
            layers(function, at.field("layers"));
            target(ObjectReader.peek(function, "deadLetterConfig"), at.field("deadLetterConfig"));
            eventInvoke(function, at);
            var aliases = ObjectReader.peekAll(function, "aliases");
            for (var j = 0; j < aliases.size(); j++) {
                eventInvoke(aliases.get(j), at.field("aliases").item(j));
            }
            mappings(function, at.field("eventSourceMappings"));
        }
    }

    private void layers(Node function, Place at) {
        var given = ObjectReader.peekAll(function, "layers");
        for (var i = 0; i < given.size(); i++) {
            if (given.get(i) instanceof ScalarNode layer && !layer.getValue().startsWith("arn:")) {
                known(layer, layers, "layers", at.item(i));
            }
        }
    }

    private void eventInvoke(Node holder, Place at) {
        var config = peek(ObjectReader.peek(holder, "functionEventInvokeConfig"), "destinationConfig");
        var where = at.field("functionEventInvokeConfig").field("destinationConfig");
        for (var field : List.of("onSuccess", "onFailure")) {
            target(peek(config, field), where.field(field));
        }
    }

    /** Where something goes: to a function or to a bucket. */
    private void target(@Nullable Node target, Place at) {
        named(target, "function", functions, at);
        named(target, "bucket", buckets, at);
    }

    private void named(@Nullable Node holder, String field, List<String> known, Place at) {
        if (peek(holder, field) instanceof ScalarNode name) {
            known(name, known, field + "s", at.field(field));
        }
    }

    private void mappings(Node function, Place at) {
        var mappings = ObjectReader.peekAll(function, "eventSourceMappings");
        var first = new HashMap<String, Integer>();
        for (var i = 0; i < mappings.size(); i++) {
            var onFailure = peek(ObjectReader.peek(mappings.get(i), "destinationConfig"), "onFailure");
            named(
                    onFailure,
                    "bucket",
                    buckets,
                    at.item(i).field("destinationConfig").field("onFailure"));
            if (ObjectReader.peek(mappings.get(i), "table") instanceof ScalarNode table) {
                table(table, at.item(i).field("table"));
                var earlier = first.putIfAbsent(table.getValue(), i);
                if (earlier != null) {
                    at.item(i)
                            .field("table")
                            .problem(
                                    table,
                                    table.getValue() + " is already the table of "
                                            + at.item(earlier).path());
                }
            }
        }
    }

    private void table(ScalarNode name, Place at) {
        if (!known(name, names("tables"), "tables", at)) {
            return;
        }
        boolean streams = ObjectReader.peekAll(spec, "tables").stream()
                .filter(table -> name.getValue().equals(ObjectReader.peekText(table, "name")))
                .map(table -> peek(ObjectReader.peek(table, "streamSpecification"), "streamEnabled"))
                .anyMatch(enabled ->
                        enabled instanceof ScalarNode flag && flag.getValue().equalsIgnoreCase("true"));
        if (!streams) {
            at.problem(name, name.getValue() + " has no stream: its streamSpecification is not enabled");
        }
    }

    private static boolean known(ScalarNode node, List<String> names, String list, Place at) {
        var name = node.getValue();
        if (names.contains(name)) {
            return true;
        }
        var meant = Nearest.to(name, names).map(near -> "; did you mean " + near + "?");
        at.problem(node, name + " is none of spec." + list + meant.orElse(""));
        return false;
    }

    private static @Nullable Node peek(@Nullable Node holder, String name) {
        return holder == null ? null : ObjectReader.peek(holder, name);
    }
}
