package dev.ruststack.crds.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.crds.RustStackSpec;
import dev.ruststack.crds.status.RustStackStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ShapesTest {
    private static final List<Shape.Fields> ALL = all();

    /** Reading the shapes fails when a text, list, map or number has no bounds, or a field no description. */
    @Test
    void everyFieldHasBoundsAndADescription() {
        assertThat(ALL).hasSizeGreaterThan(40);
    }

    @TestFactory
    Stream<DynamicTest> aRecordDefaultsAsItsSchemaSays() {
        return ALL.stream()
                .map(shape -> DynamicTest.dynamicTest(shape.type().getSimpleName(), () -> assertDefaults(shape)));
    }

    @TestFactory
    Stream<DynamicTest> annotationsNameExistingFields() {
        return ALL.stream()
                .map(shape -> DynamicTest.dynamicTest(
                        shape.type().getSimpleName(),
                        () -> assertThat(shape.names()).containsAll(shape.exactlyOneOf())));
    }

    private static void assertDefaults(Shape.Fields shape) throws ReflectiveOperationException {
        var components = shape.type().getRecordComponents();
        var types = Stream.of(components).map(component -> component.getType()).toArray(Class<?>[]::new);
        var empty = shape.type().getDeclaredConstructor(types).newInstance(new Object[components.length]);
        for (var component : components) {
            var byDefault = shape.require(component.getName()).defaultValue();
            var value = component.getAccessor().invoke(empty);
            if (byDefault != null && !byDefault.equals("{}")) {
                assertThat(value).as(component.getName()).hasToString(byDefault);
            } else if (byDefault == null && (value instanceof String || value instanceof Number)) {
                assertThat(value).as("%s has no @Default", component.getName()).isNull();
            }
        }
    }

    private static List<Shape.Fields> all() {
        var found = new ArrayList<Shape.Fields>();
        add(Shapes.of(RustStackSpec.class), found);
        add(Shapes.of(RustStackStatus.class), found);
        return found.stream().distinct().toList();
    }

    private static void add(Shape shape, List<Shape.Fields> found) {
        switch (shape) {
            case Shape.Fields fields -> {
                found.add(fields);
                fields.fields().forEach(field -> add(field.shape(), found));
            }
            case Shape.ListOf list -> add(list.element(), found);
            case Shape.MapOf map -> add(map.value(), found);
            case Shape.Text _, Shape.Choice _, Shape.Quantity _, Shape.Whole _, Shape.Flag _, Shape.FreeForm _ -> {}
        }
    }
}
