package dev.ruststack.crds.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a compact constructor makes of a field that was not given. */
public final class Absent {
    private Absent() {}

    /** An unmodifiable copy; empty when absent. */
    public static <T> List<T> asEmpty(@Nullable List<T> given) {
        return given == null ? List.of() : List.copyOf(given);
    }

    /** An unmodifiable copy in the given order; empty when absent. Values may be null. */
    public static <V extends @Nullable Object> Map<String, V> asEmpty(@Nullable Map<String, V> given) {
        return given == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(given));
    }

    public static <T> T as(@Nullable T given, T otherwise) {
        return given == null ? otherwise : given;
    }

    /** For names where "" means the same as nothing: the default. */
    public static @Nullable String emptyAsNull(@Nullable String given) {
        return given == null || given.isEmpty() ? null : given;
    }
}
