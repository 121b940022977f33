package dev.ruststack.crds.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where in its file each field of a document stands. */
final class Locations {
    /**
     * @param line counted from 1
     * @param column counted from 1
     * @param blank whether an empty text, list or object is given there: nothing that anyone asks for
     */
    record Location(int line, int column, boolean blank) {}

    private final String file;
    private final Map<String, Location> byPath = new LinkedHashMap<>();

    Locations(String file) {
        this.file = file;
    }

    void put(String path, Location location) {
        byPath.putIfAbsent(path, location);
    }

    Map<String, Location> byPath() {
        return Collections.unmodifiableMap(byPath);
    }

    /** A problem at a field or, when that is not given, at the nearest thing around it that is. */
    Problem problem(String path, String message) {
        var location = nearest(path);
        return location == null
                ? new Problem(file, 0, 0, path, message)
                : new Problem(file, location.line(), location.column(), path, message);
    }

    private @Nullable Location nearest(String path) {
        var around = path;
        while (!byPath.containsKey(around) && !around.isEmpty()) {
            around = around.substring(0, Math.max(0, Math.max(around.lastIndexOf('.'), around.lastIndexOf('['))));
        }
        return byPath.get(around);
    }
}
