package dev.ruststack.crds.schema;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a value of the resource may be, as {@link Shapes} reads it from the records: the one truth that both the CRD and
 * the YAML reader obey.
 */
public sealed interface Shape {
    /** An object with known fields. */
    record Fields(Class<? extends Record> type, List<Field> fields, List<String> exactlyOneOf, List<CelRule> rules)
            implements Shape {
        public @Nullable Field field(String name) {
            return fields.stream()
                    .filter(field -> field.name().equals(name))
                    .findFirst()
                    .orElse(null);
        }

        /** @throws IllegalStateException when there is no such field: a mistake in an annotation */
        public Field require(String name) {
            var found = field(name);
            if (found == null) {
                throw new IllegalStateException(type + " has no field " + name);
            }
            return found;
        }

        public List<String> names() {
            return fields.stream().map(Field::name).toList();
        }
    }

    /** A list; {@code keys} are the fields that tell its entries apart, empty where nothing does. */
    record ListOf(Shape element, int min, int max, List<String> keys) implements Shape {}

    /** An object whose keys are the user's. */
    record MapOf(Text key, Shape value, int min, int max) implements Shape {}

    /** Text, with bounds in characters; {@code means} says the pattern in words. */
    record Text(int min, int max, @Nullable Pattern pattern, String means) implements Shape {}

    /** Text of a closed list. */
    record Choice(List<String> values) implements Shape {}

    /** A Kubernetes quantity, not negative. */
    record Quantity() implements Shape {
        public static final Pattern PATTERN =
                Pattern.compile("\\+?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([numkMGTPE]|[KMGTPE]i|[eE][+-]?[0-9]+)?");
    }

    /** A whole number; {@code wide} when it is a {@code Long}. */
    record Whole(long min, long max, boolean wide) implements Shape {}

    /** True or false. */
    record Flag() implements Shape {}

    /** Any JSON object. */
    record FreeForm() implements Shape {}

    /** One field of an object. */
    record Field(
            String name,
            Shape shape,
            boolean required,
            boolean immutable,
            boolean localOnly,
            @Nullable String defaultValue,
            String description,
            List<CelRule> rules) {}
}
