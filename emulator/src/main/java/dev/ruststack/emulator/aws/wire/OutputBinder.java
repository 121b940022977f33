package dev.ruststack.emulator.aws.wire;

import dev.ruststack.emulator.aws.Protocol;
import dev.ruststack.emulator.aws.wire.Shape.Member;
import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Makes the HTTP response of an operation's output record. */
public final class OutputBinder {
    private final Protocol protocol;
    private final int defaultStatus;
    private final Map<Class<?>, Layout> layouts = new ConcurrentHashMap<>();

    public OutputBinder(Protocol protocol, int defaultStatus) {
        this.protocol = protocol;
        this.defaultStatus = defaultStatus;
    }

    /** What the annotations of a record say, read once. */
    private record Layout(List<Part> parts, boolean hasDocument) {
        static Layout of(Class<?> type) {
            var shape = Shape.of(type);
            var parts = new ArrayList<Part>();
            for (var member : shape.members()) {
                var part = Part.of(member);
                if (part != null) {
                    parts.add(part);
                }
            }
            return new Layout(List.copyOf(parts), !shape.document().isEmpty());
        }
    }

    private enum Place {
        STATUS,
        PAYLOAD,
        HEADER,
        HEADER_GROUP,
        PREFIXED_HEADERS
    }

    /**
     * A component that goes elsewhere than into the document.
     *
     * @param name the header, or the prefix of the headers; else empty
     * @param group the headers of a group; else none
     */
    private record Part(Member member, Place place, String name, List<Part> group) {
        Part(Member member, Place place, String name) {
            this(member, place, name, List.of());
        }

        static @Nullable Part of(Member member) {
            if (member.annotation(HttpResponseCode.class) != null) {
                return new Part(member, Place.STATUS, "");
            }
            if (member.annotation(HttpPayload.class) != null) {
                return new Part(member, Place.PAYLOAD, "");
            }
            var header = member.annotation(HttpHeader.class);
            if (header != null) {
                return new Part(member, Place.HEADER, header.value());
            }
            if (member.annotation(HttpHeaderGroup.class) != null) {
                return new Part(member, Place.HEADER_GROUP, "", Layout.of(member.type()).parts);
            }
            var prefix = member.annotation(HttpPrefixHeaders.class);
            return prefix == null ? null : new Part(member, Place.PREFIXED_HEADERS, prefix.value());
        }
    }

    public Response bind(Record output, String requestId) {
        var headers = Headers.builder();
        protocol.finish(headers, requestId);
        int status = defaultStatus;
        Body body = null;
        var layout = layout(output.getClass());
        for (var part : layout.parts) {
            var value = part.member.get(output);
            if (value == null) {
                continue;
            }
            switch (part.place) {
                case STATUS -> status = (Integer) value;
                case PAYLOAD -> body = value instanceof Body given ? given : document((Record) value, headers);
                case HEADER -> headers.set(part.name, Scalars.header(value));
                case HEADER_GROUP -> setAll(part.group, (Record) value, headers);
                case PREFIXED_HEADERS ->
                    ((Map<?, ?>) value).forEach((name, text) -> headers.add(part.name + name, text.toString()));
            }
        }
        if (body == null && layout.hasDocument) {
            body = document(output, headers);
        }
        return new Response(status, headers.build(), body == null ? Body.empty() : body);
    }

    private static void setAll(List<Part> group, Record values, Headers.Builder headers) {
        for (var part : group) {
            var value = part.member.get(values);
            if (value != null) {
                headers.set(part.name, Scalars.header(value));
            }
        }
    }

    private Layout layout(Class<?> type) {
        var known = layouts.get(type);
        return known == null ? layouts.computeIfAbsent(type, Layout::of) : known;
    }

    private Body document(Record document, Headers.Builder headers) {
        headers.set("Content-Type", protocol.contentType());
        return protocol.write(document);
    }
}
