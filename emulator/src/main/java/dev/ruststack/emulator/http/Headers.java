package dev.ruststack.emulator.http;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of one message: in wire order, names matched without regard to case, their spelling kept.
 * Immutable; made by a {@link Builder}. Look-ups are linear, which beats hashing at the dozen fields a message has.
 */
public final class Headers implements Iterable<Headers.Field> {
    private static final Headers EMPTY = new Headers(List.of());

    private final List<Field> fields;

    private Headers(List<Field> fields) {
        this.fields = fields;
    }

    /** One header line. */
    public record Field(String name, String value) {}

    public static Headers empty() {
        return EMPTY;
    }

    /** Headers from alternating names and values. */
    public static Headers of(String... namesAndValues) {
        var builder = builder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            builder.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return builder.build();
    }

    /** Headers over a list that nobody changes any more. */
    static Headers over(List<Field> fields) {
        return fields.isEmpty() ? EMPTY : new Headers(fields);
    }

    /** Whether a field can be sent as it is; one that cannot would be read as several, or as none. */
    public static boolean isSendable(String name, String value) {
        return HeadText.isToken(name) && HeadText.isFieldValue(value);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The first value of a header, or null where it is absent. */
    public @Nullable String first(String name) {
        for (var field : fields) {
            if (field.name.equalsIgnoreCase(name)) {
                return field.value;
            }
        }
        return null;
    }

    /** The first value of a header, or {@code fallback} where it is absent. */
    public String first(String name, String fallback) {
        var value = first(name);
        return value == null ? fallback : value;
    }

    public boolean has(String name) {
        return first(name) != null;
    }

    /** Every value of a header, in wire order. */
    public List<String> all(String name) {
        var values = new ArrayList<String>(1);
        for (var field : fields) {
            if (field.name.equalsIgnoreCase(name)) {
                values.add(field.value);
            }
        }
        return values;
    }

    /** The headers whose name starts with {@code prefix}: the rest of the name in lower case to the joined values. */
    public Map<String, String> withPrefix(String prefix) {
        var found = new LinkedHashMap<String, String>();
        for (var field : fields) {
            if (field.name.regionMatches(true, 0, prefix, 0, prefix.length())) {
                var rest = field.name.substring(prefix.length()).toLowerCase(java.util.Locale.ROOT);
                found.merge(rest, field.value, (first, second) -> first + "," + second);
            }
        }
        return found;
    }

    public boolean isEmpty() {
        return fields.isEmpty();
    }

    @Override
    public Iterator<Field> iterator() {
        return fields.iterator();
    }

    public Builder toBuilder() {
        var builder = new Builder();
        builder.fields.addAll(fields);
        return builder;
    }

    @Override
    public String toString() {
        return fields.toString();
    }

    /** Collects header fields; not safe for use by several threads. */
    public static final class Builder {
        private final List<Field> fields = new ArrayList<>();

        /** Appends a field, beside others of the same name. */
        public Builder add(String name, String value) {
            fields.add(new Field(name, value));
            return this;
        }

        /** Replaces every field of this name by one. */
        public Builder set(String name, String value) {
            remove(name);
            return add(name, value);
        }

        /** As {@link #set}, where the value is not null. */
        public Builder setIfPresent(String name, @Nullable String value) {
            return value == null ? this : set(name, value);
        }

        public Builder remove(String name) {
            fields.removeIf(field -> field.name.equalsIgnoreCase(name));
            return this;
        }

        public boolean has(String name) {
            return fields.stream().anyMatch(field -> field.name.equalsIgnoreCase(name));
        }

        public Headers build() {
            return fields.isEmpty() ? EMPTY : new Headers(List.copyOf(fields));
        }
    }
}
