package dev.ruststack.emulator.aws.wire;

import dev.ruststack.emulator.aws.wire.Shape.Member;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Writes records as AWS's REST-XML documents. It is no general XML writer: S3 escapes quotes in text (as an entity,
 * around every ETag) and sends characters that XML 1.0 forbids as references, which the libraries refuse to do.
 */
public final class XmlWriter {
    private static final byte[] PREAMBLE =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] END = {'>'};
    private static final byte[] EMPTY = {'/', '>'};

    private final XmlBytes out = new XmlBytes();

    private XmlWriter() {
        out.raw(PREAMBLE);
    }

    /**
     * The document of a record: its root named by {@link XmlName} on the type (or the type's name), its elements the
     * components that no annotation binds to a header or elsewhere, in their order, without those that are null.
     */
    public static byte[] write(Record root, @Nullable String namespace) {
        var writer = new XmlWriter();
        var shape = Shape.of(root.getClass());
        writer.out.raw(shape.tag().open);
        if (namespace != null) {
            writer.out.raw(" xmlns=\"" + namespace + "\"");
        }
        writer.content(shape, root, shape.tag());
        return writer.out.toByteArray();
    }

    /** An instant as it stands in XML and JSON documents: milliseconds, UTC. */
    public static String timestamp(Instant instant) {
        var bytes = new XmlBytes();
        bytes.timestamp(instant);
        return new String(bytes.toByteArray(), StandardCharsets.ISO_8859_1);
    }

    /** Finishes an open start tag, with what the record holds. */
    private void content(Shape shape, Record value, XmlTag tag) {
        out.raw(END);
        for (var member : shape.document()) {
            member(member, member.get(value));
        }
        out.raw(tag.close);
    }

    private void member(Member member, @Nullable Object value) {
        switch (value) {
            case null -> {}
            case Collection<?> items
            when member.mixed() ->
                items.forEach(item -> element(Shape.of(item.getClass()).tag(), item));
            case Collection<?> items when member.flattened() -> items.forEach(item -> element(member.tag(), item));
            case Collection<?> items -> {
                out.raw(member.tag().open);
                out.raw(END);
                items.forEach(item -> element(member.itemTag(), item));
                out.raw(member.tag().close);
            }
            default -> element(member.tag(), value);
        }
    }

    private void element(XmlTag tag, Object value) {
        out.raw(tag.open);
        switch (value) {
            case Record record -> {
                var shape = Shape.of(record.getClass());
                attributes(shape, record);
                content(shape, record, tag);
            }
            case Instant instant -> {
                out.raw(END);
                out.timestamp(instant);
                out.raw(tag.close);
            }
            default -> text(value.toString(), tag);
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
                out.raw(" xmlns:xsi=\"" + XmlReader.SCHEMA_INSTANCE + "\" xsi:" + attribute.value() + "=\"");
                out.escaped(value.toString());
                out.raw("\"");
            }
        }
    }

    private void text(String text, XmlTag tag) {
        if (text.isEmpty()) {
            out.raw(EMPTY);
            return;
        }
        out.raw(END);
        out.escaped(text);
        out.raw(tag.close);
    }
}
