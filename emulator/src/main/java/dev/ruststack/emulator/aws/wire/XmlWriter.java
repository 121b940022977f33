package dev.ruststack.emulator.aws.wire;

import dev.ruststack.emulator.aws.wire.Shape.Member;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Writes records as AWS's REST-XML documents. It is no general XML writer: S3 escapes quotes in text (as an entity,
 * around every ETag) and sends characters that XML 1.0 forbids as references, which the libraries refuse to do.
 */
public final class XmlWriter {
    private static final byte[] PREAMBLE =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".getBytes(StandardCharsets.US_ASCII);
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);

    private XmlWriter() {
        out.writeBytes(PREAMBLE);
    }

    /**
     * The document of a record: its root named by {@link XmlName} on the type (or the type's name), its elements the
     * components that no annotation binds to a header or elsewhere, in their order, without those that are null.
     */
    public static byte[] write(Record root, @Nullable String namespace) {
        var writer = new XmlWriter();
        var shape = Shape.of(root.getClass());
        writer.ascii("<" + shape.name());
        if (namespace != null) {
            writer.ascii(" xmlns=\"" + namespace + "\"");
        }
        writer.content(shape, root, shape.name());
        return writer.out.toByteArray();
    }

    /** An instant as it stands in XML and JSON documents: milliseconds, UTC. */
    public static String timestamp(Instant instant) {
        return TIMESTAMP.format(instant);
    }

    /** Finishes an open start tag, with what the record holds. */
    private void content(Shape shape, Record value, String name) {
        ascii(">");
        for (var member : shape.document()) {
            member(member, member.get(value));
        }
        ascii("</" + name + ">");
    }

    private void member(Member member, @Nullable Object value) {
        switch (value) {
            case null -> {}
            case Collection<?> items
            when member.mixed() ->
                items.forEach(item -> element(Shape.of(item.getClass()).name(), item));
            case Collection<?> items when member.flattened() -> items.forEach(item -> element(member.name(), item));
            case Collection<?> items -> {
                ascii("<" + member.name() + ">");
                items.forEach(item -> element(member.itemName(), item));
                ascii("</" + member.name() + ">");
            }
            default -> element(member.name(), value);
        }
    }

    private void element(String name, Object value) {
        ascii("<" + name);
        switch (value) {
            case Record record -> {
                var shape = Shape.of(record.getClass());
                attributes(shape, record);
                content(shape, record, name);
            }
            case Instant instant -> text(timestamp(instant), name);
            default -> text(value.toString(), name);
        }
    }

    private void attributes(Shape shape, Record record) {
        if (shape.document().size() == shape.members().size()) {
            return;
        }
        for (var member : shape.members()) {
            var attribute = member.annotation(XmlAttribute.class);
            var value = attribute == null ? null : member.get(record);
            if (attribute != null && value != null) {
                ascii(" xmlns:xsi=\"" + XmlReader.SCHEMA_INSTANCE + "\" xsi:" + attribute.value() + "=\"");
                escaped(value.toString());
                ascii("\"");
            }
        }
    }

    private void text(String text, String name) {
        if (text.isEmpty()) {
            ascii("/>");
            return;
        }
        ascii(">");
        escaped(text);
        ascii("</" + name + ">");
    }

    private void escaped(String text) {
        int plainFrom = 0;
        for (int i = 0; i < text.length(); i++) {
            var escape = escape(text.charAt(i));
            if (escape != null) {
                utf8(text.substring(plainFrom, i));
                ascii(escape);
                plainFrom = i + 1;
            }
        }
        utf8(plainFrom == 0 ? text : text.substring(plainFrom));
    }

    private static @Nullable String escape(char c) {
        return switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\n', '\t' -> null;
            default -> c < ' ' || c == 0xFFFE || c == 0xFFFF ? "&#x" + Integer.toHexString(c) + ";" : null;
        };
    }

    private void ascii(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void utf8(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
