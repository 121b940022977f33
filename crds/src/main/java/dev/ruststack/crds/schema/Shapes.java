package dev.ruststack.crds.schema;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the {@link Shape} of a record from its components and their annotations. */
public final class Shapes {
    private Shapes() {}

    /**
     * @throws IllegalStateException when a component lacks the bounds that its type needs, or has a type that the
     *     resource does not use: a mistake in this module, which its tests find
     */
    public static Shape.Fields of(Class<? extends Record> type) {
        var oneOf = type.getAnnotation(ExactlyOneOf.class);
        return new Shape.Fields(
                type,
                Arrays.stream(type.getRecordComponents()).map(Shapes::field).toList(),
                oneOf == null ? List.of() : List.of(oneOf.value()),
                List.of(type.getAnnotationsByType(CelRule.class)));
    }

    private static Shape.Field field(RecordComponent component) {
        var byDefault = component.getAnnotation(Default.class);
        var description = component.getAnnotation(Description.class);
        if (description == null) {
            throw new IllegalStateException(component + " has no @Description");
        }
        return new Shape.Field(
                component.getName(),
                shape(component.getAnnotatedType(), component),
                component.isAnnotationPresent(Required.class),
                component.isAnnotationPresent(Immutable.class),
                component.isAnnotationPresent(LocalOnly.class),
                byDefault == null ? null : byDefault.value(),
                description.value(),
                List.of(component.getAnnotationsByType(CelRule.class)));
    }

    private static Shape shape(AnnotatedType type, RecordComponent component) {
        var erased = erased(type.getType());
        if (type.isAnnotationPresent(FreeForm.class)) {
            return new Shape.FreeForm();
        } else if (erased == List.class) {
            return list(type, component);
        } else if (erased == Map.class) {
            return map(type, component);
        } else if (erased == String.class) {
            return text(type, component);
        } else if (erased == Integer.class || erased == Long.class) {
            var range = need(type, Range.class, component);
            return new Shape.Whole(range.min(), range.max(), erased == Long.class);
        } else if (erased == Boolean.class) {
            return new Shape.Flag();
        } else if (erased.isRecord()) {
            return of(erased.asSubclass(Record.class));
        }
        throw new IllegalStateException(component + ": the resource has no such type");
    }

    private static Shape list(AnnotatedType type, RecordComponent component) {
        var size = need(type, Size.class, component);
        var keyed = type.getAnnotation(Keyed.class);
        var element = shape(argument(type, 0), component);
        return new Shape.ListOf(element, size.min(), size.max(), keyed == null ? List.of() : List.of(keyed.value()));
    }

    private static Shape map(AnnotatedType type, RecordComponent component) {
        var size = need(type, Size.class, component);
        if (shape(argument(type, 0), component) instanceof Shape.Text key) {
            return new Shape.MapOf(key, shape(argument(type, 1), component), size.min(), size.max());
        }
        throw new IllegalStateException(component + ": keys are text");
    }

    private static Shape text(AnnotatedType type, RecordComponent component) {
        var choice = type.getAnnotation(OneOf.class);
        if (choice != null) {
            return new Shape.Choice(List.of(choice.value()));
        } else if (type.isAnnotationPresent(Quantity.class)) {
            return new Shape.Quantity();
        }
        var text = need(type, Text.class, component);
        return new Shape.Text(text.min(), text.max(), pattern(text.pattern()), text.means());
    }

    private static @Nullable Pattern pattern(String pattern) {
        return pattern.isEmpty() ? null : Pattern.compile(pattern);
    }

    private static <A extends java.lang.annotation.Annotation> A need(
            AnnotatedType type, Class<A> annotation, RecordComponent component) {
        var found = type.getAnnotation(annotation);
        if (found == null) {
            throw new IllegalStateException(component + " needs @" + annotation.getSimpleName());
        }
        return found;
    }

    private static AnnotatedType argument(AnnotatedType type, int index) {
        return ((AnnotatedParameterizedType) type).getAnnotatedActualTypeArguments()[index];
    }

    private static Class<?> erased(Type type) {
        return type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) type;
    }
}
