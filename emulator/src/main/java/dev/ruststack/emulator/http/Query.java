package dev.ruststack.emulator.http;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The decoded parameters of a query string, in wire order; names are matched exactly, as AWS does. */
public final class Query implements Iterable<Query.Parameter> {
    private static final Query EMPTY = new Query(List.of());

    private final List<Parameter> parameters;

    private Query(List<Parameter> parameters) {
        this.parameters = parameters;
    }

    /** One parameter; one without {@code =} has an empty value. */
    public record Parameter(String name, String value) {}

    /** Parses {@code a=1&b&c=x%20y}; {@code +} is a space, as in forms. */
    public static Query parse(String rawQuery) {
        if (rawQuery.isEmpty()) {
            return EMPTY;
        }
        var parameters = new ArrayList<Parameter>();
        for (var pair : rawQuery.split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            var name = equals < 0 ? pair : pair.substring(0, equals);
            var value = equals < 0 ? "" : pair.substring(equals + 1);
            parameters.add(new Parameter(PercentEncoding.decodeForm(name), PercentEncoding.decodeForm(value)));
        }
        return new Query(List.copyOf(parameters));
    }

    /** The first value of a parameter, or null where it is absent. */
    public @Nullable String first(String name) {
        for (var parameter : parameters) {
            if (parameter.name.equals(name)) {
                return parameter.value;
            }
        }
        return null;
    }

    public boolean has(String name) {
        return first(name) != null;
    }

    /** Every value of a parameter, in wire order. */
    public List<String> all(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name.equals(name))
                .map(Parameter::value)
                .toList();
    }

    public boolean isEmpty() {
        return parameters.isEmpty();
    }

    @Override
    public Iterator<Parameter> iterator() {
        return parameters.iterator();
    }
}
