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

    /** Throws {@link IllegalArgumentException} where two routes have the same method and path. */
    public RouteTable(List<RestApi> apis) {
        for (var api : apis) {
            for (var route : api.routes()) {
                add(api, route);
            }
        }
    }

    /** A route that a request is of, and the segments that its parameters took, as they were sent. */
    public record Match(RestApi api, Route route, Map<String, String> pathParameters) {}

    private record Target(RestApi api, Route route) {}

    /** One resource, with those below it. */
    private static final class Node {
        private final Map<String, Node> literals = new HashMap<>();
        private final Map<String, Target> methods = new HashMap<>();
        private @Nullable Node parameter;
        private @Nullable Node greedy;

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

    private void add(RestApi api, Route route) {
        var node = root;
        for (var segment : route.segments()) {
            node = node.below(segment);
        }
        var other = node.methods.putIfAbsent(route.method(), new Target(api, route));
        if (other != null) {
            throw new IllegalArgumentException(route.method() + " " + route.path() + " of the API " + api.name()
                    + " is " + other.route.method() + " " + other.route.path() + " of the API " + other.api.name()
                    + " too");
        }
    }

    /** The route of a request, or null. */
    public @Nullable Match find(String method, String rawPath) {
        if (!rawPath.startsWith("/")) {
            return null;
        }
        var segments = Paths.segments(rawPath);
        var taken = new ArrayList<String>();
        var node = find(root, segments, 0, taken);
        var target = node == null ? null : node.methods.getOrDefault(method, node.methods.get(Route.ANY));
        return target == null ? null : new Match(target.api, target.route, parameters(target.route, taken));
    }

    /** The most specific resource with methods; {@code taken} gets what its parameters took. */
    private static @Nullable Node find(Node node, List<String> segments, int at, List<String> taken) {
        if (at == segments.size()) {
            return node.methods.isEmpty() ? null : node;
        }
        var segment = segments.get(at);
        var literal = node.literals.get(PercentEncoding.decode(segment));
        var found = literal == null ? null : find(literal, segments, at + 1, taken);
        if (found == null && node.parameter != null && !segment.isEmpty()) {
            taken.add(segment);
            found = find(node.parameter, segments, at + 1, taken);
            if (found == null) {
                taken.removeLast();
            }
        }
        if (found == null && node.greedy != null) {
            taken.add(String.join("/", segments.subList(at, segments.size())));
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
