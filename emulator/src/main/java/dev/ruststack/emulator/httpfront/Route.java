package dev.ruststack.emulator.httpfront;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One method of one resource of an API, and the function that answers it. AWS: API Gateway Developer Guide, Set up REST
 * API methods.
 *
 * @param method an HTTP method, or {@link #ANY}
 * @param path {@code /}, or segments such as {@code /orders/{id}}, of which the last may be greedy: {@code /{proxy+}}
 * @param functionArn the function, without a qualifier
 */
public record Route(String method, String path, String functionArn) {
    /** Every method that the resource does not have for itself. */
    public static final String ANY = "ANY";

    public Route {
        method = method.toUpperCase(Locale.ROOT);
        if (!path.startsWith("/") || (path.length() > 1 && path.endsWith("/"))) {
            throw new IllegalArgumentException("not a path of a route: " + path);
        }
    }

    /** A part of a path between slashes. */
    sealed interface Segment {
        record Literal(String text) implements Segment {}

        /** Takes one segment. */
        record Parameter(String name) implements Segment {}

        /** Takes all that is left, at least one segment. */
        record Greedy(String name) implements Segment {}
    }

    List<Segment> segments() {
        var segments = new ArrayList<Segment>();
        for (var part : Paths.segments(path)) {
            if (!segments.isEmpty() && segments.getLast() instanceof Segment.Greedy) {
                throw new IllegalArgumentException("{name+} can only be the last segment of a path: " + path);
            }
            segments.add(segment(part));
        }
        return segments;
    }

    private static Segment segment(String part) {
        if (!part.startsWith("{") || !part.endsWith("}")) {
            return new Segment.Literal(part);
        }
        return part.endsWith("+}")
                ? new Segment.Greedy(part.substring(1, part.length() - 2))
                : new Segment.Parameter(part.substring(1, part.length() - 1));
    }
}
