package dev.ruststack.crds.yaml;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Items as plain values. Numbers stay exact: {@code Long}, or {@code BigInteger} and {@code BigDecimal} where a long
 * does not hold them.
 */
final class PlainItems extends ItemReader {
    PlainItems(TreeGuard guard, ItemRules rules) {
        super(guard, rules);
    }

    @Override
    @Nullable
    Map<String, @Nullable Object> item(Node node, Place place) {
        if (node instanceof MappingNode object) {
            return object(object, place);
        }
        TextReader.wrong(node, "an object", place);
        return null;
    }

    private Map<String, @Nullable Object> object(MappingNode node, Place place) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        ObjectReader.entries(node, place).forEach((name, tuple) -> {
            var at = place.entry(name);
            ObjectReader.checkKey((ScalarNode) tuple.getKeyNode(), at);
            values.put(name, value(tuple.getValueNode(), at));
        });
        return Collections.unmodifiableMap(values);
    }

    private @Nullable Object value(Node node, Place place) {
        if (!guard.enter(node, place)) {
            return null;
        }
        try {
            return switch (node) {
                case MappingNode object -> object(object, place);
                case SequenceNode sequence -> {
                    var values = new ArrayList<@Nullable Object>();
                    for (var element : sequence.getValue()) {
                        values.add(value(element, place.item(values.size())));
                    }
                    yield Collections.unmodifiableList(values);
                }
                case ScalarNode scalar -> scalar(scalar, place);
                default -> null;
            };
        } finally {
            guard.leave(node);
        }
    }

    private static @Nullable Object scalar(ScalarNode node, Place place) {
        return switch (Scalar.of(node)) {
            case Scalar.Nothing() -> null;
            case Scalar.Flag(var value) -> value;
            case Scalar.Text(var text, var plain) -> {
                if (plain) {
                    Yaml11.insteadOfText(text)
                            .ifPresent(instead -> place.problem(node, TextReader.unquoted(text, instead)));
                }
                yield text;
            }
            case Scalar.Whole(var number, var written) -> {
                if (Yaml11.isOctal(written)) {
                    place.problem(node, TextReader.octal(written));
                }
                checkNumber(new BigDecimal(number), node, place);
                yield number.bitLength() < Long.SIZE ? (Object) number.longValueExact() : (Object) number;
            }
            case Scalar.Decimal(var number, var ignored) -> {
                checkNumber(number, node, place);
                yield number;
            }
            case Scalar.Other(var written) -> {
                place.problem(node, written + " is not a value that an item can hold");
                yield null;
            }
        };
    }

    private static void checkNumber(BigDecimal number, Node node, Place place) {
        if (!Numbers.fits(number)) {
            place.problem(node, Numbers.LIMITS);
        } else if (!survivesDouble(number)) {
            place.warning(
                    node,
                    "is kept exactly here, but a Kubernetes API server rounds it; itemsFormat: DynamoDBJSON keeps it everywhere");
        }
    }

    private static boolean survivesDouble(BigDecimal number) {
        return new BigDecimal(Double.toString(number.doubleValue())).compareTo(number) == 0;
    }
}
