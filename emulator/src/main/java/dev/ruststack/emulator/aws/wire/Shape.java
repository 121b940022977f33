package dev.ruststack.emulator.aws.wire;

import static java.lang.invoke.MethodType.methodType;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.annotation.Annotation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What reflection tells of a record, read once: its constructor and its components with their names on the wire. The
 * common ground of the binders and the XML reader and writer.
 *
 * @param name the name of the root element
 * @param tag that root's
 * @param members every component, in order
 * @param document those components that no annotation binds outside the document
 */
record Shape(String name, XmlTag tag, List<Member> members, List<Member> document, MethodHandle constructor) {
    private static final Map<Class<?>, Shape> SHAPES = new ConcurrentHashMap<>();
    private static final List<Class<? extends Annotation>> ELSEWHERE = List.of(
            HttpLabel.class,
            HttpQuery.class,
            HttpHeader.class,
            HttpHeaderGroup.class,
            HttpPrefixHeaders.class,
            HttpPayload.class,
            HttpResponseCode.class,
            XmlAttribute.class);

    static Shape of(Class<?> type) {
        var shape = SHAPES.get(type);
        return shape == null ? SHAPES.computeIfAbsent(type, Shape::read) : shape;
    }

    /**
     * One component.
     *
     * @param name its element or member name
     * @param type its class; the item's class where it is a collection
     * @param many whether it is a collection
     * @param itemName the name of the elements within the collection's own
     * @param inDocument whether it is an element, and not bound elsewhere by an annotation
     */
    record Member(
            RecordComponent component,
            String name,
            Class<?> type,
            boolean many,
            boolean flattened,
            String itemName,
            XmlTag tag,
            XmlTag itemTag,
            boolean inDocument,
            MethodHandle accessor) {
        /** Whether it is a collection of records of several types, each with an element name of its own. */
        boolean mixed() {
            return many && type.isInterface() && type.isSealed();
        }

        @Nullable
        Object get(Record record) {
            try {
                return accessor.invokeExact(record);
            } catch (Throwable e) {
                throw new IllegalStateException(component.toString(), e);
            }
        }

        <A extends Annotation> @Nullable A annotation(Class<A> annotation) {
            return component.getAnnotation(annotation);
        }
    }

    /** Makes a record of these components; absent primitives are given by {@link #absent}. */
    Object make(@Nullable Object[] values) {
        try {
            return constructor.invokeExact(values);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(name, e);
        }
    }

    /** The value of a component that is not there. */
    static @Nullable Object absent(Class<?> type) {
        if (type == boolean.class) {
            return false;
        }
        if (type == int.class) {
            return 0;
        }
        return type == long.class ? 0L : null;
    }

    private static Shape read(Class<?> type) {
        var components = type.getRecordComponents();
        var members = Arrays.stream(components).map(Shape::member).toList();
        var document = members.stream().filter(Member::inDocument).toList();
        var named = type.getAnnotation(XmlName.class);
        var name = named == null ? type.getSimpleName() : named.value();
        return new Shape(name, new XmlTag(name), members, document, constructor(type, components));
    }

    private static MethodHandle constructor(Class<?> type, RecordComponent[] components) {
        try {
            var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return MethodHandles.lookup()
                    .unreflectConstructor(constructor)
                    .asSpreader(Object[].class, components.length)
                    .asType(methodType(Object.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("not a record with a canonical constructor: " + type, e);
        }
    }

    private static Member member(RecordComponent component) {
        var named = component.getAnnotation(XmlName.class);
        var many = Collection.class.isAssignableFrom(component.getType());
        var type = many ? itemType(component.getGenericType()) : component.getType();
        var name = named == null ? jsonName(component) : named.value();
        var itemNamed = type.getAnnotation(XmlName.class);
        var itemName = itemNamed == null ? type.getSimpleName() : itemNamed.value();
        return new Member(
                component,
                name,
                type,
                many,
                component.isAnnotationPresent(XmlFlattened.class),
                itemName,
                new XmlTag(name),
                new XmlTag(itemName),
                ELSEWHERE.stream().noneMatch(component::isAnnotationPresent),
                accessor(component));
    }

    private static MethodHandle accessor(RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return MethodHandles.lookup()
                    .unreflect(component.getAccessor())
                    .asType(methodType(Object.class, Record.class));
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(component.toString(), e);
        }
    }

    private static Class<?> itemType(Type collection) {
        var item = ((ParameterizedType) collection).getActualTypeArguments()[0];
        return item instanceof Class<?> type ? type : Object.class;
    }

    /** JSON members whose name has more capitals than Java's say so with Jackson's own annotation. */
    private static String jsonName(RecordComponent component) {
        var named = component.getAccessor().getAnnotation(JsonProperty.class);
        return named == null ? capital(component.getName()) : named.value();
    }

    static String capital(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
