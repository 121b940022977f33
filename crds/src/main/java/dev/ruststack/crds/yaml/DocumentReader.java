package dev.ruststack.crds.yaml;

import dev.ruststack.crds.Api;
import dev.ruststack.crds.RustStackSpec;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.OneOf;
import dev.ruststack.crds.schema.Required;
import dev.ruststack.crds.schema.Shape;
import dev.ruststack.crds.schema.Shapes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads the documents of one file. */
final class DocumentReader {
    /** What every document is made of; status, which a cluster adds, is passed over. */
    record Envelope(
            @Required @OneOf(Api.API_VERSION) @Description("Group and version.")
            String apiVersion,

            @Required @OneOf(Api.KIND) @Description("Kind.") String kind,

            @Required @Description("Name of the stack.") Metadata metadata,

            @Required @Description("The stack.") RustStackSpec spec) {}

    private static final Shape.Fields SHAPE = Shapes.of(Envelope.class);

    /** What a cluster writes into a resource, so that `kubectl get -o yaml` can be read. */
    private static final Set<String> PASSED_OVER = Set.of(
            "status",
            "creationTimestamp",
            "deletionGracePeriodSeconds",
            "deletionTimestamp",
            "finalizers",
            "generateName",
            "generation",
            "managedFields",
            "ownerReferences",
            "resourceVersion",
            "selfLink",
            "uid");

    private final Log log;
    private final Map<String, Integer> names = new HashMap<>();
    private boolean sawAnything;

    DocumentReader(Log log) {
        this.log = log;
    }

    /** Whether there was any document but empty ones. */
    boolean sawAnything() {
        return sawAnything;
    }

    /** The document, unless it is empty or has a problem. */
    Optional<RustStackDocument> read(Node root) {
        if (Scalar.isNothing(root)) {
            return Optional.empty();
        }
        sawAnything = true;
        var locations = new Locations(log.file());
        var place = new Place("", log, locations);
        if (isOfAnotherKind(root, place)) {
            return Optional.empty();
        }
        var read = new ShapeReader(new TreeGuard(), PASSED_OVER).read(root, SHAPE, place);
        var spec = ObjectReader.peek(root, "spec");
        if (spec != null) {
            new StackRules(spec, place.field("spec")).check();
        }
        checkName(root, place);
        return read instanceof Envelope envelope
                ? Optional.of(new RustStackDocument(envelope.metadata(), envelope.spec(), locations))
                : Optional.empty();
    }

    private static boolean isOfAnotherKind(Node root, Place place) {
        if (root instanceof MappingNode
                && ObjectReader.peek(root, "kind") instanceof ScalarNode kind
                && !kind.getValue().equals(Api.KIND)) {
            place.field("kind")
                    .problem(
                            kind,
                            Nearest.to(kind.getValue(), Set.of(Api.KIND)).isPresent()
                                    ? kind.getValue() + " is unknown; did you mean " + Api.KIND + "?"
                                    : kind.getValue() + " is not read here: this file may hold only " + Api.KIND
                                            + "s; keep other resources in files of their own");
            return true;
        }
        return false;
    }

    private void checkName(Node root, Place place) {
        var metadata = ObjectReader.peek(root, "metadata");
        if (metadata != null && ObjectReader.peek(metadata, "name") instanceof ScalarNode name) {
            var namespace =
                    ObjectReader.peek(metadata, "namespace") instanceof ScalarNode given ? given.getValue() : "";
            var line = name.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
            var earlier = names.putIfAbsent(namespace + "/" + name.getValue(), line);
            if (earlier != null) {
                place.field("metadata")
                        .field("name")
                        .problem(name, name.getValue() + " is already the name of the stack on line " + earlier);
            }
        }
    }
}
