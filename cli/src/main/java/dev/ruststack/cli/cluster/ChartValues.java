package dev.ruststack.cli.cluster;

import dev.ruststack.cli.CommandException;
import dev.ruststack.cli.ExitCode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A packaged stack as values of the chart {@code helm/ruststack}: the fields of {@code spec}, with the lists that are
 * maps there made maps, and the pieces of files in {@code pieces}.
 */
final class ChartValues {
    /** Helm keeps a release in a Secret of 1 MiB, compressed: values and objects, so that every piece is in it twice. */
    private static final int LARGEST = 350_000;

    private ChartValues() {}

    static Node of(PackagedStack stack) {
        var pieces = stack.pieces();
        if (pieces.bytes() > LARGEST) {
            throw new CommandException(
                    ExitCode.FAILED,
                    "the files of " + stack.name() + " have " + pieces.bytes() + " bytes, and a release of Helm holds "
                            + LARGEST,
                    "Make images of the functions (--registry), or apply a manifest instead of values.");
        }
        var metadata = YamlNodes.get(stack.resource(), "metadata").orElseThrow();
        var values = new ArrayList<NodeTuple>();
        values.add(field("fullnameOverride", YamlNodes.node(stack.name())));
        for (var name : List.of("labels", "annotations")) {
            YamlNodes.get(metadata, name).ifPresent(node -> values.add(field(name, node)));
        }
        YamlNodes.get(stack.resource(), "spec").ifPresent(spec -> values.addAll(spec(spec)));
        if (pieces.count() > 0) {
            values.add(field("pieces", YamlNodes.node(base64(pieces.contents()))));
        }
        return YamlNodes.mapping(values);
    }

    private static List<NodeTuple> spec(Node spec) {
        for (var list : List.of("buckets", "tables", "layers", "functions", "restApis", "httpApis")) {
            if (list.equals("buckets")) {
                YamlNodes.items(spec, list).forEach(bucket -> toMap(bucket, "objects", "key"));
            }
            toMap(spec, list, "name");
        }
        YamlNodes.get(spec, "lambda").ifPresent(lambda -> {
            toMap(lambda, "images", "runtime");
            toMap(lambda, "warmPool", "runtime");
        });
        YamlNodes.get(spec, "emulator").ifPresent(emulator -> toMap(emulator, "env", "name"));
        refuseNumbersThatHelmChanges(spec, "");
        return spec instanceof MappingNode mapping ? mapping.getValue() : List.of();
    }

    /** A list of mappings as a mapping by one of their fields. */
    private static void toMap(Node holder, String list, String key) {
        if (!(YamlNodes.get(holder, list).orElse(null) instanceof SequenceNode sequence)) {
            return;
        }
        var entries = new ArrayList<NodeTuple>();
        for (var item : sequence.getValue()) {
            var name = YamlNodes.get(item, key).orElseThrow();
            YamlNodes.remove(item, key);
            entries.add(new NodeTuple(name, item));
        }
        YamlNodes.replace(holder, null, list, YamlNodes.mapping(entries));
    }

    private static NodeTuple field(String name, Node value) {
        return new NodeTuple(YamlNodes.node(name), value);
    }

    private static Map<String, Object> base64(Map<String, byte[]> contents) {
        var texts = new LinkedHashMap<String, Object>();
        contents.forEach((name, piece) -> texts.put(name, Base64.getEncoder().encodeToString(piece)));
        return texts;
    }

    /** Helm reads every number as a double. */
    private static void refuseNumbersThatHelmChanges(Node node, String at) {
        switch (node) {
            case MappingNode mapping ->
                mapping.getValue()
                        .forEach(tuple -> refuseNumbersThatHelmChanges(
                                tuple.getValueNode(), at + "." + YamlNodes.text(tuple.getKeyNode())));
            case SequenceNode sequence -> sequence.getValue().forEach(item -> refuseNumbersThatHelmChanges(item, at));
            case ScalarNode scalar
            when isChanged(scalar) ->
                throw new CommandException(
                        ExitCode.FAILED,
                        "spec" + at + ": Helm keeps 15 digits of the number " + scalar.getValue() + ", not all",
                        "Put it into a file (itemsFrom), or apply a manifest instead of values.");
            default -> {}
        }
    }

    private static boolean isChanged(ScalarNode scalar) {
        if (!scalar.getTag().equals(Tag.INT) && !scalar.getTag().equals(Tag.FLOAT)) {
            return false;
        }
        try {
            var written = new BigDecimal(scalar.getValue());
            var read = new BigDecimal(Double.toString(written.doubleValue()));
            return written.compareTo(read) != 0;
        } catch (NumberFormatException _) {
            // Hexadecimal and octal integers are small; infinities no field takes.
            return false;
        }
    }
}
