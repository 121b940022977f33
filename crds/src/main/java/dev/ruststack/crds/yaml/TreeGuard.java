package dev.ruststack.crds.yaml;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Keeps a walk over a YAML tree finite, since aliases make it a graph: it may contain itself, or unfold to more than
 * memory holds. Notes the place of everything it sees.
 */
final class TreeGuard {
    /** More values than any resource of at most 1.5 MB has. */
    private static final int MOST_VALUES = 300_000;

    private static final int DEEPEST = 100;

    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private int seen;

    /** Whether to go on into the node; each entered node has to be left. */
    boolean enter(Node node, Place place) {
        seen++;
        if (seen > MOST_VALUES) {
            if (seen == MOST_VALUES + 1) {
                place.problem(node, "has, with its aliases, more than " + MOST_VALUES + " values");
            }
            return false;
        } else if (open.size() > DEEPEST) {
            place.problem(node, "is nested deeper than " + DEEPEST + " levels");
            return false;
        } else if (node instanceof CollectionNode<?> && !open.add(node)) {
            place.problem(node, "contains itself, through an alias");
            return false;
        }
        node.getStartMark()
                .ifPresent(mark -> place.locations()
                        .put(
                                place.path(),
                                new Locations.Location(mark.getLine() + 1, mark.getColumn() + 1, isBlank(node))));
        return true;
    }

    void leave(Node node) {
        open.remove(node);
    }

    /** Whether it is empty, or holds only what is empty. */
    private static boolean isBlank(Node node) {
        return switch (node) {
            case MappingNode object -> object.getValue().stream().allMatch(tuple -> isEmpty(tuple.getValueNode()));
            default -> isEmpty(node);
        };
    }

    private static boolean isEmpty(Node node) {
        return switch (node) {
            case CollectionNode<?> collection -> collection.getValue().isEmpty();
            case ScalarNode scalar -> scalar.getValue().isEmpty();
            default -> false;
        };
    }
}
