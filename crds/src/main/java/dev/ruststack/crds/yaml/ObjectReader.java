package dev.ruststack.crds.yaml;

import dev.ruststack.crds.schema.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads the entries of an object: keys that are text, given once, and known where only some are. */
final class ObjectReader {
    private ObjectReader() {}

    /**
     * The fields of an object.
     *
     * @param values of known fields, without those that say null: to Kubernetes they are absent
     * @param misspelt fields that were meant by an unknown name: they are not missing as well
     */
    record Given(Map<String, Node> values, Set<String> misspelt) {}

    static Given fields(MappingNode object, Shape.Fields shape, Set<String> passedOver, Place place) {
        var given = new LinkedHashMap<String, Node>();
        var misspelt = new HashSet<String>();
        for (var tuple : distinct(object, place)) {
            var name = ((ScalarNode) tuple.getKeyNode()).getValue();
            if (shape.field(name) == null) {
                if (!passedOver.contains(name)) {
                    place.field(name).problem(tuple.getKeyNode(), unknown(name, shape));
                    Nearest.to(name, shape.names()).ifPresent(meant -> misspelt.add(meant));
                }
            } else if (!Scalar.isNothing(tuple.getValueNode())) {
                given.put(name, tuple.getValueNode());
            }
        }
        return new Given(given, misspelt);
    }

    /** The entries of an object whose keys are the user's. */
    static Map<String, NodeTuple> entries(MappingNode object, Place place) {
        var entries = new LinkedHashMap<String, NodeTuple>();
        for (var tuple : distinct(object, place)) {
            var key = (ScalarNode) tuple.getKeyNode();
            entries.put(key.getValue(), tuple);
        }
        return entries;
    }

    /** Says so when kubectl and Helm would read another key. */
    static void checkKey(ScalarNode key, Place place) {
        if (key.isPlain()) {
            Yaml11.insteadOfText(key.getValue())
                    .ifPresent(instead -> place.problem(key, TextReader.unquoted(key.getValue(), instead)));
        }
    }

    private static List<NodeTuple> distinct(MappingNode object, Place place) {
        var tuples = new ArrayList<NodeTuple>();
        var lines = new HashMap<String, Integer>();
        for (var tuple : object.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key) || (Scalar.isNothing(key) && key.isPlain())) {
                place.problem(
                        tuple.getKeyNode(),
                        "expected a key, found " + Scalar.describe(tuple.getKeyNode()) + "; keys are text");
                continue;
            }
            var first = lines.putIfAbsent(key.getValue(), line(key));
            if (first == null) {
                tuples.add(tuple);
            } else {
                place.entry(key.getValue()).problem(key, "given twice; the first is on line " + first);
            }
        }
        return tuples;
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    private static String unknown(String name, Shape.Fields shape) {
        return Nearest.to(name, shape.names())
                .map(meant -> "unknown field; did you mean " + meant + "?")
                .orElseGet(() -> "unknown field; known here: " + String.join(", ", shape.names()));
    }

    /** The entries of a list under a name, without judging them; none when there is no list. */
    static List<Node> peekAll(Node node, String name) {
        return peek(node, name) instanceof SequenceNode list ? list.getValue() : List.of();
    }

    /** The text of a single value under a name, without judging it. */
    static @Nullable String peekText(Node node, String name) {
        return peek(node, name) instanceof ScalarNode scalar ? scalar.getValue() : null;
    }

    /** What stands under a name, without judging it. */
    static @Nullable Node peek(Node node, String name) {
        if (node instanceof MappingNode object) {
            for (var tuple : object.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode key
                        && key.getValue().equals(name)) {
                    return tuple.getValueNode();
                }
            }
        }
        return null;
    }
}
