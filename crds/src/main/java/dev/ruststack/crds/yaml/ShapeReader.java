package dev.ruststack.crds.yaml;

import dev.ruststack.crds.schema.Shape;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Walks a YAML tree along a {@link Shape}: names everything that does not fit and makes the records of what does. A
 * null result stands for something in which a problem was found.
 */
final class ShapeReader {
    private final TreeGuard guard;
    private final Set<String> passedOver;
    private final Deque<MappingNode> around = new ArrayDeque<>();

    /** @param passedOver unknown fields that are no mistake */
    ShapeReader(TreeGuard guard, Set<String> passedOver) {
        this.guard = guard;
        this.passedOver = passedOver;
    }

    @Nullable
    Object read(Node node, Shape shape, Place place) {
        if (!guard.enter(node, place)) {
            return null;
        }
        try {
            return switch (shape) {
                case Shape.Fields fields -> fields(node, fields, place);
                case Shape.ListOf list -> list(node, list, place);
                case Shape.MapOf map -> map(node, map, place);
                case Shape.Text text -> TextReader.text(node, text, place);
                case Shape.Choice choice -> TextReader.choice(node, choice, place);
                case Shape.Quantity() -> TextReader.quantity(node, place);
                case Shape.Whole whole -> TextReader.whole(node, whole, place);
                case Shape.Flag() -> TextReader.flag(node, place);
                case Shape.FreeForm() -> throw new IllegalStateException("only lists hold items");
            };
        } finally {
            guard.leave(node);
        }
    }

    private @Nullable Object fields(Node node, Shape.Fields shape, Place place) {
        if (!(node instanceof MappingNode object)) {
            TextReader.wrong(node, "an object", place);
            return null;
        }
        var before = place.log().misfits();
        var given = ObjectReader.fields(object, shape, passedOver, place);
        around.push(object);
        var values = new HashMap<String, @Nullable Object>();
        for (var field : shape.fields()) {
            var value = given.values().get(field.name());
            if (value != null) {
                values.put(field.name(), read(value, field.shape(), place.field(field.name())));
            } else if (field.required() && !given.misspelt().contains(field.name())) {
                place.field(field.name()).problem(node, "missing");
            }
        }
        around.pop();
        checkOneOf(node, shape.exactlyOneOf(), given, place);
        if (place.log().misfits() > before) {
            return null;
        }
        var made = make(shape.type(), values);
        Rules.check(made, place);
        return made;
    }

    private static void checkOneOf(Node node, List<String> names, ObjectReader.Given given, Place place) {
        var found = names.stream()
                .filter(name ->
                        given.values().containsKey(name) || given.misspelt().contains(name))
                .toList();
        if (!names.isEmpty() && found.size() != 1) {
            place.problem(
                    node,
                    "needs exactly one of " + String.join(", ", names) + "; found "
                            + (found.isEmpty() ? "none" : String.join(" and ", found)));
        }
    }

    private @Nullable Object list(Node node, Shape.ListOf shape, Place place) {
        if (!(node instanceof SequenceNode sequence)) {
            TextReader.wrong(node, "a list", place);
            return null;
        }
        var before = place.log().misfits();
        var values = shape.element() instanceof Shape.FreeForm
                ? ItemReader.of(around.element(), guard).items(sequence, place)
                : elements(sequence, shape.element(), place);
        size(node, values.size(), shape.min(), shape.max(), place);
        if (shape.element() instanceof Shape.Fields fields && !shape.keys().isEmpty()) {
            checkKeys(sequence, shape.keys().stream().map(fields::require).toList(), place);
        }
        return place.log().misfits() == before ? values : null;
    }

    private List<@Nullable Object> elements(SequenceNode sequence, Shape element, Place place) {
        var values = new ArrayList<@Nullable Object>();
        for (var node : sequence.getValue()) {
            values.add(read(node, element, place.item(values.size())));
        }
        return values;
    }

    /** Compares what is written, so that it works beside other mistakes. */
    private static void checkKeys(SequenceNode list, List<Shape.Field> keys, Place place) {
        var first = new HashMap<List<String>, Integer>();
        for (var i = 0; i < list.getValue().size(); i++) {
            var item = list.getValue().get(i);
            var written = keys.stream().map(key -> written(item, key)).toList();
            var earlier = written.contains("") ? null : first.putIfAbsent(written, i);
            if (earlier != null) {
                var name = keys.getFirst().name();
                var at = ObjectReader.peek(item, name);
                var names = String.join(
                        " and ", keys.stream().map(Shape.Field::name).toList());
                place.item(i)
                        .field(name)
                        .problem(
                                at == null ? item : at,
                                String.join(" ", written) + " is already the " + names + " of "
                                        + place.item(earlier).path());
            }
        }
    }

    private static String written(Node item, Shape.Field key) {
        if (ObjectReader.peek(item, key.name()) instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        return key.defaultValue() == null ? "" : key.defaultValue();
    }

    private @Nullable Object map(Node node, Shape.MapOf shape, Place place) {
        if (!(node instanceof MappingNode object)) {
            TextReader.wrong(node, "an object", place);
            return null;
        }
        var before = place.log().misfits();
        var values = new LinkedHashMap<String, @Nullable Object>();
        ObjectReader.entries(object, place).forEach((key, tuple) -> {
            var at = place.entry(key);
            ObjectReader.checkKey((ScalarNode) tuple.getKeyNode(), at);
            TextReader.checkText(key, shape.key(), tuple.getKeyNode(), at);
            values.put(key, read(tuple.getValueNode(), shape.value(), at));
        });
        size(node, values.size(), shape.min(), shape.max(), place);
        return place.log().misfits() == before ? values : null;
    }

    private static void size(Node node, int size, int min, int max, Place place) {
        if (size < min) {
            place.problem(node, "has " + entries(size) + "; at least " + min + " needed");
        } else if (size > max) {
            place.problem(node, "has " + entries(size) + "; at most " + max + " are allowed");
        }
    }

    private static String entries(int size) {
        return size == 0 ? "no entry" : size == 1 ? "1 entry" : size + " entries";
    }

    private static Record make(Class<? extends Record> type, Map<String, @Nullable Object> values) {
        var components = type.getRecordComponents();
        var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        var arguments = Arrays.stream(components)
                .map(component -> values.get(component.getName()))
                .toArray();
        try {
            return type.getDeclaredConstructor(types).newInstance(arguments);
        } catch (InstantiationException | IllegalAccessException | NoSuchMethodException e) {
            throw new IllegalStateException(type + " has no usable constructor", e);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(type + " refused checked values", e);
        }
    }
}
