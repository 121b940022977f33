package dev.ruststack.emulator.aws.wire;

import dev.ruststack.emulator.http.Query;
import dev.ruststack.emulator.http.Request;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The routes of a service, the most specific first. */
public final class RouteTable {
    private final Map<String, List<Route>> byMethod;

    public RouteTable(List<Route> routes) {
        byMethod = routes.stream()
                .sorted(Comparator.comparingInt(Route::specificity).reversed())
                .collect(Collectors.groupingBy(Route::method));
    }

    /** A route with the labels that the request's path gave it. */
    public record Match(Route route, Map<String, String> labels) {}

    /** The most specific route of a request, or null. */
    public @Nullable Match find(Request request, Query query) {
        for (var route : byMethod.getOrDefault(request.method(), List.of())) {
            var labels = route.match(request, query);
            if (labels != null) {
                return new Match(route, labels);
            }
        }
        return null;
    }
}
