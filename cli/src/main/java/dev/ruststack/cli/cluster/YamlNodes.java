package dev.ruststack.cli.cluster;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.StreamDataWriter;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * YAML documents that are changed here and there and otherwise stay as they were written: numbers keep their digits,
 * fields their order.
 *
 * <p>What is written is read by kubectl and Helm, which follow YAML 1.1: there {@code N}, {@code y}, {@code on} and
 * numbers such as {@code 0o17} or {@code 1:30} are no text. Such text is quoted.
 */
final class YamlNodes {
    private static final Pattern NOT_TEXT_IN_YAML_1_1 = Pattern.compile(
            "(?i)y|n|yes|no|on|off|true|false|null|~|[-+]?[0-9][0-9_,.:]*(e[-+]?[0-9]+)?|0[xob].*|[-+]?\\.(inf|nan|[0-9].*)|=|<<|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*");

    private static final Pattern OTHER_IN_YAML_1_1 = Pattern.compile("[-+]?0[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+");

    private static final DumpSettings DUMP = DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setWidth(Integer.MAX_VALUE)
            .setSplitLines(false)
            .setSchema(new CoreSchema())
            .setExplicitStart(true)
            .build();

    private YamlNodes() {}

    /** Every document of a text that is known to be well formed. */
    static List<MappingNode> documents(String text) {
        var settings = LoadSettings.builder().setSchema(new CoreSchema()).build();
        var documents = new ArrayList<MappingNode>();
        for (var node : new Compose(settings).composeAllFromString(text)) {
            if (node instanceof MappingNode mapping) {
                documents.add(mapping);
            }
        }
        return documents;
    }

    static Optional<Node> get(Node mapping, String key) {
        return mapping instanceof MappingNode node
                ? node.getValue().stream()
                        .filter(tuple -> isKey(tuple, key))
                        .map(NodeTuple::getValueNode)
                        .findFirst()
                : Optional.empty();
    }

    private static boolean isKey(NodeTuple tuple, String key) {
        return tuple.getKeyNode() instanceof ScalarNode scalar
                && scalar.getValue().equals(key);
    }

    static Optional<String> text(Node mapping, String key) {
        return get(mapping, key).filter(ScalarNode.class::isInstance).map(YamlNodes::text);
    }

    static String text(Node scalar) {
        return ((ScalarNode) scalar).getValue();
    }

    /** The elements of a list; none where it is absent. */
    static List<Node> items(Node mapping, String key) {
        return get(mapping, key)
                .map(node -> node instanceof SequenceNode sequence ? sequence.getValue() : List.<Node>of())
                .orElse(List.of());
    }

    /** Puts a field in the place of another, or at the end where that is not there. */
    static void replace(Node mapping, @Nullable String old, String key, Object value) {
        var tuples = new ArrayList<>(((MappingNode) mapping).getValue());
        var tuple = new NodeTuple(node(key), value instanceof Node node ? node : node(value));
        int place = -1;
        for (int i = 0; i < tuples.size(); i++) {
            if (isKey(tuples.get(i), old == null ? key : old)) {
                place = i;
            }
        }
        if (place < 0) {
            tuples.add(tuple);
        } else {
            tuples.set(place, tuple);
        }
        ((MappingNode) mapping).setValue(tuples);
    }

    static void remove(Node mapping, String key) {
        var node = (MappingNode) mapping;
        node.setValue(
                node.getValue().stream().filter(tuple -> !isKey(tuple, key)).toList());
    }

    static Node node(Object value) {
        return new StandardRepresenter(DUMP).represent(value);
    }

    static MappingNode mapping(List<NodeTuple> tuples) {
        return new MappingNode(Tag.MAP, tuples, FlowStyle.BLOCK);
    }

    /** Documents as one text that YAML 1.1 reads as YAML 1.2 does. */
    static String print(List<Node> documents) {
        var out = new StringBuilder();
        var writer = new StreamDataWriter() {
            @Override
            public void write(String text) {
                out.append(text);
            }

            @Override
            public void write(String text, int from, int length) {
                out.append(text, from, from + length);
            }

            @Override
            public void flush() {}
        };
        for (var document : documents) {
            new Dump(DUMP).dumpNode(quoted(document), writer);
        }
        return out.toString();
    }

    private static Node quoted(Node node) {
        switch (node) {
            case MappingNode mapping ->
                mapping.setValue(mapping.getValue().stream()
                        .map(tuple -> new NodeTuple(quoted(tuple.getKeyNode()), quoted(tuple.getValueNode())))
                        .toList());
            case SequenceNode sequence -> sequence.getValue().replaceAll(YamlNodes::quoted);
            case ScalarNode scalar
            when scalar.getTag().equals(Tag.STR)
                    && scalar.isPlain()
                    && NOT_TEXT_IN_YAML_1_1.matcher(scalar.getValue()).matches() -> {
                return new ScalarNode(Tag.STR, scalar.getValue(), ScalarStyle.DOUBLE_QUOTED);
            }
            case ScalarNode scalar
            when scalar.getTag().equals(Tag.INT)
                    && OTHER_IN_YAML_1_1.matcher(scalar.getValue()).matches() -> {
                return node(decimal(scalar.getValue()));
            }
            default -> {}
        }
        return node;
    }

    /** 0o17 is no number there, and 017 another one. */
    private static BigInteger decimal(String integer) {
        if (integer.startsWith("0o")) {
            return new BigInteger(integer.substring(2), 8);
        }
        return integer.startsWith("0x") ? new BigInteger(integer.substring(2), 16) : new BigInteger(integer);
    }
}
