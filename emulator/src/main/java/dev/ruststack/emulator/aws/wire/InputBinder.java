package dev.ruststack.emulator.aws.wire;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Payload;
import dev.ruststack.emulator.aws.Protocol;
import dev.ruststack.emulator.aws.wire.Shape.Member;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.Query;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes an operation's input record from a call: labels, query, headers, payload, and the body's document for what is
 * left. A value that cannot be read is the {@link Protocol}'s error, naming the parameter.
 *
 * @param <I> the input record
 */
public final class InputBinder<I extends Record> {
    private final Class<I> type;
    private final Shape shape;
    private final Protocol protocol;
    private final List<Source> sources;

    public InputBinder(Class<I> type, Protocol protocol) {
        this.type = type;
        this.shape = Shape.of(type);
        this.protocol = protocol;
        this.sources = shape.members().stream().map(this::source).toList();
    }

    /** What a call has to bind from. */
    private record From(
            Call call,
            Query query,
            Map<String, String> labels,
            @Nullable Record document) {}

    /** Where one component comes from. */
    private interface Source {
        @Nullable
        Object get(From from) throws IOException;
    }

    public I bind(Call call, Query query, Map<String, String> labels) throws IOException {
        var document = shape.document().isEmpty() ? null : document(call.payload(), type);
        var from = new From(call, query, labels, document);
        var values = new @Nullable Object[sources.size()];
        for (int i = 0; i < values.length; i++) {
            var value = sources.get(i).get(from);
            values[i] = value == null
                    ? Shape.absent(shape.members().get(i).component().getType())
                    : value;
        }
        return type.cast(shape.make(values));
    }

    private Source source(Member member) {
        if (member.annotation(HttpLabel.class) != null) {
            return from -> scalar(member.name(), from.labels.get(member.name()), member);
        }
        var query = member.annotation(HttpQuery.class);
        if (query != null) {
            var name = query.value();
            return member.many()
                    ? from -> scalars(name, from.query.all(name), member)
                    : from -> scalar(name, from.query.first(name), member);
        }
        var header = member.annotation(HttpHeader.class);
        if (header != null) {
            var name = header.value();
            return member.many()
                    ? from -> scalars(name, commaSeparated(from, name), member)
                    : from -> scalar(name, header(from, name), member);
        }
        var group = member.annotation(HttpHeaderGroup.class);
        if (group != null) {
            return group(group.value(), Shape.of(member.type()));
        }
        var prefix = member.annotation(HttpPrefixHeaders.class);
        if (prefix != null) {
            var start = prefix.value().toLowerCase(Locale.ROOT);
            return from -> from.call.request().headers().withPrefix(start);
        }
        if (member.annotation(HttpPayload.class) != null) {
            return member.type() == Payload.class
                    ? from -> from.call.payload()
                    : from -> document(from.call.payload(), member.type().asSubclass(Record.class));
        }
        return from -> from.document == null ? null : member.get(from.document);
    }

    private Source group(String prefix, Shape record) {
        var parts = record.members().stream().map(this::source).toList();
        return from -> {
            if (!anyStartsWith(from.call.request().headers(), prefix)) {
                return null;
            }
            var values = new @Nullable Object[parts.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = parts.get(i).get(from);
            }
            return record.make(values);
        };
    }

    private static boolean anyStartsWith(Headers headers, String prefix) {
        for (var field : headers) {
            if (field.name().regionMatches(true, 0, prefix, 0, prefix.length())) {
                return true;
            }
        }
        return false;
    }

    /** Several fields of one name count as one, joined by commas: RFC 9110, section 5.3. */
    private static @Nullable String header(From from, String name) {
        var values = from.call.request().headers().all(name);
        return values.isEmpty() ? null : String.join(",", values);
    }

    private static List<String> commaSeparated(From from, String name) {
        var joined = header(from, name);
        return joined == null ? List.of() : List.of(joined.split("\\s*,\\s*"));
    }

    private @Nullable Object scalar(String wireName, @Nullable String text, Member member) {
        if (text == null) {
            return null;
        }
        try {
            return Scalars.parse(text, member.type());
        } catch (IllegalArgumentException e) {
            throw protocol.badParameter(wireName, text, member.type());
        }
    }

    private List<Object> scalars(String wireName, List<String> texts, Member member) {
        var values = new ArrayList<Object>(texts.size());
        for (var text : texts) {
            var value = scalar(wireName, text, member);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    /** The body's document; null where the body is empty. */
    private <T extends Record> @Nullable T document(Payload payload, Class<T> documentType) throws IOException {
        if (payload.length() == 0) {
            return null;
        }
        var stream = new PushbackInputStream(payload.stream());
        int first = stream.read();
        if (first < 0) {
            return null;
        }
        stream.unread(first);
        return protocol.read(new Replayed(payload, new FilterInputStream(stream) {}), documentType);
    }

    /** A payload whose first byte was looked at. */
    private record Replayed(Payload payload, InputStream stream) implements Payload {
        @Override
        public long length() {
            return payload.length();
        }

        @Override
        public Map<String, String> trailers() {
            return payload.trailers();
        }
    }
}
