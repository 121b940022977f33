package dev.ruststack.crds.yaml;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Items with DynamoDB's type tags, as its API has them. AWS: DynamoDB API Reference, AttributeValue.
 *
 * <p>The tag N, unquoted, reaches a cluster as "false" (YAML 1.1), so "false" means N as well; no other tag collides.
 */
final class TypedItems extends ItemReader {
    private static final List<String> TAGS = List.of("S", "N", "B", "BOOL", "NULL", "M", "L", "SS", "NS", "BS");

    TypedItems(TreeGuard guard, ItemRules rules) {
        super(guard, rules);
    }

    @Override
    @Nullable
    Map<String, @Nullable Object> item(Node node, Place place) {
        if (!(node instanceof MappingNode object)) {
            TextReader.wrong(node, "an object", place);
            return null;
        }
        var values = new LinkedHashMap<String, @Nullable Object>();
        ObjectReader.entries(object, place).forEach((name, tuple) -> {
            var at = place.entry(name);
            ObjectReader.checkKey((ScalarNode) tuple.getKeyNode(), at);
            values.put(name, tagged(tuple.getValueNode(), at));
        });
        return Collections.unmodifiableMap(values);
    }

    private @Nullable Object tagged(Node node, Place place) {
        if (!guard.enter(node, place)) {
            return null;
        }
        try {
            var entries = node instanceof MappingNode object ? object.getValue() : List.<NodeTuple>of();
            if (entries.size() != 1 || !(entries.getFirst().getKeyNode() instanceof ScalarNode key)) {
                place.problem(
                        node,
                        "expected exactly one type tag with its value, such as {S: \"text\"}, found "
                                + Scalar.describe(node));
                return null;
            }
            return ofTag(key, entries.getFirst().getValueNode(), place);
        } finally {
            guard.leave(node);
        }
    }

    private @Nullable Object ofTag(ScalarNode key, Node value, Place place) {
        var tag = key.getValue();
        if (tag.equals("false") || (tag.equals("N") && key.isPlain())) {
            place.warning(
                    key,
                    "kubectl and Helm read the unquoted tag N as \"false\", which is taken for N; better quote it: \"N\"");
            tag = "N";
        } else if (!TAGS.contains(tag)) {
            place.problem(
                    key, Scalar.quoted(tag) + " is no type tag of DynamoDB; there are " + String.join(", ", TAGS));
            return null;
        }
        var read = value(tag, value, place.field(tag));
        return read == null ? null : Map.of(tag, read);
    }

    private @Nullable Object value(String tag, Node node, Place place) {
        return switch (tag) {
            case "M" -> item(node, place);
            case "L" -> list(node, place);
            case "BOOL" -> TextReader.flag(node, place);
            case "NULL" -> isTrue(node, place);
            case "SS", "NS", "BS" -> set(tag.substring(0, 1), node, place);
            default -> single(tag, node, place);
        };
    }

    private @Nullable List<@Nullable Object> list(Node node, Place place) {
        if (!(node instanceof SequenceNode sequence)) {
            TextReader.wrong(node, "a list", place);
            return null;
        }
        var values = new ArrayList<@Nullable Object>();
        for (var element : sequence.getValue()) {
            values.add(tagged(element, place.item(values.size())));
        }
        return Collections.unmodifiableList(values);
    }

    private static @Nullable Object set(String type, Node node, Place place) {
        if (!(node instanceof SequenceNode sequence) || sequence.getValue().isEmpty()) {
            TextReader.wrong(node, "a list with at least one value", place);
            return null;
        }
        var values = new ArrayList<@Nullable Object>();
        for (var element : sequence.getValue()) {
            var at = place.item(values.size());
            var value = single(type, element, at);
            if (value != null && values.contains(value)) {
                at.problem(element, "is already in the set");
            }
            values.add(value);
        }
        return Collections.unmodifiableList(values);
    }

    private static @Nullable Object isTrue(Node node, Place place) {
        var flag = TextReader.flag(node, place);
        if (Boolean.FALSE.equals(flag)) {
            place.problem(node, "NULL is always true");
        }
        return flag;
    }

    private static @Nullable String single(String type, Node node, Place place) {
        if (!(node instanceof ScalarNode scalar) || !(Scalar.of(scalar) instanceof Scalar.Text(var text, var plain))) {
            TextReader.wrong(node, "text", place);
            return null;
        } else if (plain && Yaml11.insteadOfText(text).isPresent()) {
            place.problem(
                    node, TextReader.unquoted(text, Yaml11.insteadOfText(text).orElseThrow()));
        } else if (type.equals("N")) {
            checkNumber(text, node, place);
        } else if (type.equals("B") && !isBase64(text)) {
            place.problem(node, "expected base64, found " + Scalar.quoted(text));
        }
        return text;
    }

    private static void checkNumber(String text, Node node, Place place) {
        try {
            if (text.length() > Scalar.LONGEST_NUMBER || !Numbers.fits(new BigDecimal(text))) {
                place.problem(node, Numbers.LIMITS);
            }
        } catch (NumberFormatException e) {
            place.problem(node, "expected a number, found " + Scalar.quoted(text));
        }
    }

    private static boolean isBase64(String text) {
        try {
            Base64.getDecoder().decode(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
