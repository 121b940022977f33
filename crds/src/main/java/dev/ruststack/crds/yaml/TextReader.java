package dev.ruststack.crds.yaml;

import dev.ruststack.crds.schema.Shape;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads single values: text, choices, quantities, whole numbers, true and false. Null stands for a problem found. */
final class TextReader {
    private TextReader() {}

    static @Nullable String text(Node node, Shape.Text shape, Place place) {
        if (!(node instanceof ScalarNode scalar) || !(Scalar.of(scalar) instanceof Scalar.Text(var text, var plain))) {
            wrong(node, "text", place);
            return null;
        }
        var instead = plain ? Yaml11.insteadOfText(text) : java.util.Optional.<String>empty();
        instead.ifPresent(other -> place.problem(node, unquoted(text, other)));
        return checkText(text, shape, node, place) && instead.isEmpty() ? text : null;
    }

    /** Whether the text keeps to its bounds; says so when it does not. */
    static boolean checkText(String text, Shape.Text shape, Node node, Place place) {
        var length = text.codePointCount(0, text.length());
        var quoted = Scalar.quoted(text);
        if (length < shape.min()) {
            place.problem(
                    node, length == 0 ? "may not be empty" : quoted + " is shorter than " + characters(shape.min()));
        } else if (length > shape.max()) {
            place.problem(node, "has " + length + " characters; at most " + shape.max() + " are allowed");
        } else if (shape.pattern() != null && !shape.pattern().matcher(text).matches()) {
            place.problem(node, quoted + " must be " + shape.means());
        } else {
            return true;
        }
        return false;
    }

    static @Nullable String choice(Node node, Shape.Choice shape, Place place) {
        if (!(node instanceof ScalarNode scalar) || !(Scalar.of(scalar) instanceof Scalar.Text(var text, var plain))) {
            wrong(node, "one of " + String.join(", ", shape.values()), place);
            return null;
        } else if (shape.values().size() == 1 && !shape.values().contains(text)) {
            wrong(node, shape.values().getFirst(), place);
            return null;
        } else if (!shape.values().contains(text)) {
            var all = String.join(", ", shape.values());
            place.problem(
                    node,
                    Scalar.quoted(text) + " is none of " + all
                            + Nearest.to(text, shape.values())
                                    .map(meant -> "; did you mean " + meant + "?")
                                    .orElse(""));
            return null;
        }
        if (plain) {
            Yaml11.insteadOfText(text)
                    .ifPresent(instead -> place.warning(node, unquoted(text, instead) + inWords(text, shape)));
        }
        return text;
    }

    private static String inWords(String letter, Shape.Choice shape) {
        return shape.values().stream()
                .filter(value -> value.length() > 1 && value.startsWith(letter))
                .findFirst()
                .map(word -> " or write " + word)
                .orElse("");
    }

    static @Nullable String quantity(Node node, Place place) {
        if (node instanceof ScalarNode scalar && Scalar.of(scalar) instanceof Scalar.Decimal) {
            place.problem(node, "a quantity is a whole number or text; quote it: " + Scalar.quoted(scalar.getValue()));
            return null;
        }
        var text = node instanceof ScalarNode scalar ? scalar.getValue() : "";
        if (!Shape.Quantity.PATTERN.matcher(text).matches()) {
            place.problem(node, "expected a quantity such as 100m, 256Mi or 1, found " + Scalar.describe(node));
            return null;
        }
        return text;
    }

    static @Nullable Object whole(Node node, Shape.Whole shape, Place place) {
        if (!(node instanceof ScalarNode scalar)
                || !(Scalar.of(scalar) instanceof Scalar.Whole(var number, var written))) {
            wrong(node, "a whole number", place);
            return null;
        } else if (Yaml11.isOctal(written)) {
            place.problem(node, octal(written));
        } else if (number.compareTo(BigInteger.valueOf(shape.min())) < 0) {
            place.problem(node, written + " is less than " + shape.min());
        } else if (number.compareTo(BigInteger.valueOf(shape.max())) > 0) {
            place.problem(node, written + " is more than " + shape.max());
        } else {
            return shape.wide() ? (Object) number.longValueExact() : (Object) number.intValueExact();
        }
        return null;
    }

    static @Nullable Boolean flag(Node node, Place place) {
        if (node instanceof ScalarNode scalar && Scalar.of(scalar) instanceof Scalar.Flag(var value)) {
            return value;
        }
        wrong(node, "true or false", place);
        return null;
    }

    /** Says what was expected and what was found instead. */
    static void wrong(Node node, String expected, Place place) {
        place.problem(node, "expected " + expected + ", found " + Scalar.describe(node) + quoteIt(node, expected));
    }

    private static String quoteIt(Node node, String expected) {
        if (!(node instanceof ScalarNode scalar)) {
            return "";
        }
        return switch (Scalar.of(scalar)) {
            case Scalar.Text(var text, var plain) ->
                !plain && expected.equals("a whole number") && text.matches("[0-9]+") ? "; leave the quotes out" : "";
            case Scalar.Whole _, Scalar.Decimal _, Scalar.Flag _ ->
                expected.equals("text") ? "; quote it: " + Scalar.quoted(scalar.getValue()) : "";
            case Scalar.Nothing() -> expected.equals("text") ? "; for an empty text write \"\"" : "";
            case Scalar.Other _ -> "";
        };
    }

    static String unquoted(String text, String instead) {
        return "kubectl and Helm read the unquoted " + text + " as " + instead + "; quote it: " + Scalar.quoted(text);
    }

    static String octal(String written) {
        return "kubectl and Helm read " + written + " as an octal number; leave the leading zero out, or quote it";
    }

    private static String characters(int count) {
        return count == 1 ? "1 character" : count + " characters";
    }
}
