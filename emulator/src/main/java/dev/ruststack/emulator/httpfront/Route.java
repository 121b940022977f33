package dev.ruststack.emulator.httpfront;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One method of one resource of an API, and what answers it. AWS: API Gateway Developer Guide, Set up REST API methods;
 * Create routes for HTTP APIs.
 *
 * @param method an HTTP method, or {@link #ANY}
 * @param path {@code /}, or segments such as {@code /orders/{id}}, of which the last may be greedy: {@code /{proxy+}}; or
 *     {@link #DEFAULT}
 * @param resourceId the id of its resource; empty for one that is made of the path
 * @param access who may call it
 */
public record Route(String method, String path, Target target, String resourceId, Access access) {
    /** Every method that the resource does not have for itself. */
    public static final String ANY = "ANY";

    /** The path of the route of an HTTP API that takes what no other does. */
    public static final String DEFAULT = "$default";

    public Route {
        method = method.toUpperCase(Locale.ROOT);
        if (!path.equals(DEFAULT) && (!path.startsWith("/") || (path.length() > 1 && path.endsWith("/")))) {
            throw new IllegalArgumentException("not a path of a route: " + path);
        }
    }

    /** A route to a function with events of format 1.0, which everybody may call. */
    public Route(String method, String path, String functionArn) {
        this(
                method,
                path,
                new Target.Function(functionArn, Target.Format.V1, Target.REST_TIMEOUT),
                "",
                Access.EVERYBODY);
    }

    /**
     * Who may call a route.
     *
     * @param authorizer asked first; null for nobody
     * @param apiKey whether a key of a usage plan is needed
     * @param signed whether requests have to be signed, for {@code execute-api}
     */
    public record Access(@Nullable Authorizer authorizer, boolean apiKey, boolean signed) {
        public static final Access EVERYBODY = new Access(null, false, false);
    }

    /** The name of an HTTP API's route: {@code GET /orders/{id}} or {@code $default}. */
    String key() {
        return path.equals(DEFAULT) ? DEFAULT : method + " " + path;
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
