package dev.ruststack.emulator.httpfront;

import dev.ruststack.emulator.http.PercentEncoding;
import dev.ruststack.emulator.httpfront.Route.Segment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The routes of all APIs as one tree of resources. The most specific resource of a path answers: a literal segment comes
 * before a parameter, and a parameter before a greedy one. Only then its methods are looked at, the exact one before ANY:
 * a resource that is found but has not the method does not leave it to a less specific one. Immutable once made.
 */
public final class RouteTable {
    private final Node root = new Node();

    /** Whether a resource that has not the method leaves it to a less specific one, as in HTTP APIs. */
    private final boolean methodsFirst;

    private @Nullable Found fallback;

    /** Throws {@link IllegalArgumentException} where two routes have the same method and path. */
    public RouteTable(List<Api> apis) {
        methodsFirst = apis.stream().anyMatch(api -> api.kind() == Api.Kind.HTTP);
        for (var api : apis) {
            for (var route : api.routes()) {
                add(api, route);
            }
        }
    }

    /** A route that a request is of, and the segments that its parameters took, as they were sent. */
    public record Match(Api api, Route route, Map<String, String> pathParameters) {}

    private record Found(Api api, Route route) {}

    /** One resource, with those below it. */
    private static final class Node {
        private final Map<String, Node> literals = new HashMap<>();
        private final Map<String, Found> methods = new HashMap<>();
        private @Nullable Node parameter;
        private @Nullable Node greedy;

        private @Nullable Found target(String method) {
            return methods.getOrDefault(method, methods.get(Route.ANY));
        }

        private Node below(Segment segment) {
            return switch (segment) {
                case Segment.Literal(var text) -> literals.computeIfAbsent(text, key -> new Node());
                case Segment.Parameter any -> {
                    var below = parameter == null ? new Node() : parameter;
                    parameter = below;
                    yield below;
                }
                case Segment.Greedy rest -> {
                    var below = greedy == null ? new Node() : greedy;
                    greedy = below;
                    yield below;
                }
            };
        }
    }

    private void add(Api api, Route route) {
        if (route.path().equals(Route.DEFAULT)) {
            fallback = new Found(api, route);
            return;
        }
        var node = root;
        for (var segment : route.segments()) {
            node = node.below(segment);
        }
        var other = node.methods.putIfAbsent(route.method(), new Found(api, route));
        if (other != null) {
            throw new IllegalArgumentException(route.key() + " is " + other.route.key() + " too");
        }
    }

    /** The route of a request, or null. */
    public @Nullable Match find(String method, String rawPath) {
        if (!rawPath.startsWith("/")) {
            return null;
        }
        var path = new Path(methodsFirst ? method : null, segments(rawPath));
        var taken = new ArrayList<String>();
        var node = find(root, path, 0, taken);
        var target = node == null ? fallback : node.target(method);
        return target == null ? null : new Match(target.api, target.route, parameters(target.route, taken));
    }

    /** A slash at the end means nothing to REST APIs, and a segment more to HTTP APIs. */
    private List<String> segments(String rawPath) {
        return methodsFirst && rawPath.length() > 1
                ? List.of(rawPath.substring(1).split("/", -1))
                : Paths.segments(rawPath);
    }

    /** What is looked for: a resource with the method, or with any where it is null. */
    private record Path(@Nullable String method, List<String> segments) {
        boolean ends(Node node) {
            return method == null ? !node.methods.isEmpty() : node.target(method) != null;
        }
    }

    /** The most specific resource; {@code taken} gets what its parameters took. */
    private static @Nullable Node find(Node node, Path path, int at, List<String> taken) {
        if (at == path.segments.size()) {
            return path.ends(node) ? node : null;
        }
        var segment = path.segments.get(at);
        var literal = node.literals.get(PercentEncoding.decode(segment));
        var found = literal == null ? null : find(literal, path, at + 1, taken);
        if (found == null && node.parameter != null && !segment.isEmpty()) {
            taken.add(segment);
            found = find(node.parameter, path, at + 1, taken);
            if (found == null) {
                taken.removeLast();
            }
        }
        if (found == null && node.greedy != null && path.ends(node.greedy)) {
            taken.add(String.join("/", path.segments.subList(at, path.segments.size())));
            found = node.greedy;
        }
        return found;
    }

    private static Map<String, String> parameters(Route route, List<String> taken) {
        var parameters = new LinkedHashMap<String, String>();
        var values = taken.iterator();
        for (var segment : route.segments()) {
            switch (segment) {
                case Segment.Literal literal -> {}
                case Segment.Parameter(var name) -> parameters.put(name, values.next());
                case Segment.Greedy(var name) -> parameters.put(name, values.next());
            }
        }
        return parameters;
    }
}
