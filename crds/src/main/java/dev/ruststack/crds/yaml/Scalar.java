package dev.ruststack.crds.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A single value, as YAML 1.2's core schema reads it. */
sealed interface Scalar {
    record Text(String value, boolean plain) implements Scalar {}

    record Whole(BigInteger value, String written) implements Scalar {}

    record Decimal(BigDecimal value, String written) implements Scalar {}

    record Flag(boolean value) implements Scalar {}

    record Nothing() implements Scalar {}

    /** An infinity, no number at all, or a tag that nothing here has. */
    record Other(String written) implements Scalar {}

    /** Longer numbers are none that anything here can hold. */
    int LONGEST_NUMBER = 400;

    Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

    static Scalar of(ScalarNode node) {
        var value = node.getValue();
        var tag = node.getTag();
        if (tag.equals(Tag.NULL) || (node.isPlain() && NULLS.contains(value))) {
            return new Nothing();
        } else if (tag.equals(Tag.STR) || tag.equals(Tag.MERGE)) {
            return new Text(value, node.isPlain());
        } else if (tag.equals(Tag.BOOL)) {
            return new Flag(Boolean.parseBoolean(value));
        }
        try {
            return number(tag, value);
        } catch (NumberFormatException e) {
            return new Other(value);
        }
    }

    private static Scalar number(Tag tag, String value) {
        if (value.length() > LONGEST_NUMBER) {
            return new Other("a number of " + value.length() + " digits");
        } else if (tag.equals(Tag.INT)) {
            return new Whole(whole(value), value);
        } else if (tag.equals(Tag.FLOAT)) {
            return new Decimal(new BigDecimal(value), value);
        }
        return new Other(value);
    }

    private static BigInteger whole(String value) {
        if (value.startsWith("0o")) {
            return new BigInteger(value.substring(2), 8);
        } else if (value.startsWith("0x")) {
            return new BigInteger(value.substring(2), 16);
        }
        return new BigInteger(value);
    }

    static boolean isNothing(Node node) {
        return node instanceof ScalarNode scalar && of(scalar) instanceof Nothing;
    }

    /** What stands there, for messages. */
    static String describe(Node node) {
        return switch (node) {
            case MappingNode object -> object.getValue().isEmpty() ? "an empty object" : "an object";
            case SequenceNode list -> list.getValue().isEmpty() ? "an empty list" : "a list";
            case ScalarNode scalar ->
                switch (of(scalar)) {
                    case Text(var value, var ignored) -> "the text " + quoted(value);
                    case Whole(var ignored, var written) -> "the number " + written;
                    case Decimal(var ignored, var written) -> "the number " + written;
                    case Flag(var value) -> "the boolean " + value;
                    case Nothing() -> "nothing";
                    case Other(var written) -> written;
                };
            default -> "something else";
        };
    }

    /** The text in quotes, cut when it is long. */
    static String quoted(String value) {
        var line = value.replace("\n", "\\n");
        return '"' + (line.length() <= 60 ? line : line.substring(0, 57) + "...") + '"';
    }
}
