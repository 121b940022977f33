package dev.ruststack.emulator.aws.wire;

import dev.ruststack.emulator.http.PercentEncoding;
import dev.ruststack.emulator.http.Query;
import dev.ruststack.emulator.http.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One route: method, path template, and the query parameters and header that must be there.
 *
 * @param operation the operation's name
 * @param segments the template's path segments
 * @param literals query parameters: those with an empty value must only be present
 * @param header a header that must be present; empty for none
 */
public record Route(
        String operation, String method, List<Segment> segments, List<Query.Parameter> literals, String header) {

    /** A part of a path template. */
    sealed interface Segment {
        record Literal(String text) implements Segment {}

        record Label(String name) implements Segment {}

        /** Takes the rest of the path, at least one character. */
        record Rest(String name) implements Segment {}
    }

    /** Parses {@code GET /{Bucket}/{Key+}?tagging}. */
    public static Route parse(String operation, String template, String header) {
        int space = template.indexOf(' ');
        int question = template.indexOf('?');
        var path = question < 0 ? template.substring(space + 1) : template.substring(space + 1, question);
        var segments = new ArrayList<Segment>();
        for (var part : path.substring(1).split("/")) {
            if (part.startsWith("{") && part.endsWith("+}")) {
                segments.add(new Segment.Rest(part.substring(1, part.length() - 2)));
            } else if (part.startsWith("{")) {
                segments.add(new Segment.Label(part.substring(1, part.length() - 1)));
            } else if (!part.isEmpty()) {
                segments.add(new Segment.Literal(part));
            }
        }
        var literals = new ArrayList<Query.Parameter>();
        Query.parse(question < 0 ? "" : template.substring(question + 1)).forEach(literals::add);
        return new Route(operation, template.substring(0, space), List.copyOf(segments), List.copyOf(literals), header);
    }

    /** How much a request must have for this route: the more, the earlier it is tried. */
    int specificity() {
        int literalSegments = 0;
        for (var segment : segments) {
            literalSegments += segment instanceof Segment.Literal ? 1 : 0;
        }
        return literalSegments * 100 + literals.size() * 10 + (header.isEmpty() ? 0 : 1);
    }

    /** The decoded labels where the request is of this route, null where it is not. */
    @Nullable
    Map<String, String> match(Request request, Query query) {
        boolean lacksQuery = query.isEmpty() && !literals.isEmpty();
        if (lacksQuery
                || !request.method().equals(method)
                || !(header.isEmpty() || request.headers().has(header))) {
            return null;
        }
        for (var literal : literals) {
            var value = query.first(literal.name());
            if (value == null || !(literal.value().isEmpty() || literal.value().equals(value))) {
                return null;
            }
        }
        return labels(request.rawPath());
    }

    private @Nullable Map<String, String> labels(String path) {
        var labels = new HashMap<String, String>(4);
        int at = 1;
        for (var segment : segments) {
            if (at >= path.length()) {
                return null;
            }
            int slash = path.indexOf('/', at);
            int end = slash < 0 ? path.length() : slash;
            switch (segment) {
                case Segment.Literal(var text) -> {
                    if (!path.regionMatches(at, text, 0, text.length()) || end - at != text.length()) {
                        return null;
                    }
                }
                case Segment.Label(var name) -> {
                    if (end == at) {
                        return null;
                    }
                    labels.put(name, PercentEncoding.decode(path.substring(at, end)));
                }
                case Segment.Rest(var name) -> {
                    labels.put(name, PercentEncoding.decode(path.substring(at)));
                    end = path.length();
                }
            }
            at = end + 1;
        }
        return at >= path.length() ? labels : null;
    }
}
