package dev.ruststack.cli.cluster;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A stack that a cluster takes.
 *
 * @param namespace null where kubectl's own is meant
 * @param notes what was changed beside files
 */
record PackagedStack(String name, @Nullable String namespace, MappingNode resource, Pieces pieces, List<String> notes) {

    /** The ConfigMaps first, so that the stack finds them. */
    List<Node> documents() {
        var documents = new ArrayList<Node>();
        pieces.configMaps().forEach(content -> documents.add(YamlNodes.node(content)));
        documents.add(resource);
        return List.copyOf(documents);
    }
}
