package dev.ruststack.emulator.aws.wire;

import dev.ruststack.emulator.aws.wire.Shape.Member;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads AWS's REST-XML documents into records. Namespaces are not looked at, as S3 does; document types, entities and
 * elements that the shape does not have are refused.
 */
public final class XmlReader {
    static final String SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";

    private static final XMLInputFactory FACTORY = factory();

    private final XMLStreamReader xml;

    private XmlReader(XMLStreamReader xml) {
        this.xml = xml;
    }

    /** Reads a document whose root has the name of the shape. */
    public static <T extends Record> T read(InputStream in, Class<T> type) throws MalformedDocumentException {
        try {
            var xml = FACTORY.createXMLStreamReader(in);
            try {
                return type.cast(new XmlReader(xml).document(Shape.of(type)));
            } finally {
                xml.close();
            }
        } catch (XMLStreamException e) {
            throw new MalformedDocumentException("not well-formed XML", e);
        }
    }

    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    private Object document(Shape shape) throws XMLStreamException, MalformedDocumentException {
        while (xml.next() != XMLStreamConstants.START_ELEMENT) {
            if (xml.getEventType() == XMLStreamConstants.DTD) {
                throw new MalformedDocumentException("a document type is not allowed");
            }
        }
        if (!xml.getLocalName().equals(shape.name())) {
            throw new MalformedDocumentException("expected " + shape.name() + ", found " + xml.getLocalName());
        }
        var value = record(shape);
        while (xml.hasNext()) {
            xml.next();
        }
        return value;
    }

    /** Reads the element that the reader stands on. */
    private Object record(Shape shape) throws XMLStreamException, MalformedDocumentException {
        var members = shape.members();
        var values = new @Nullable Object[members.size()];
        for (int i = 0; i < values.length; i++) {
            var attribute = members.get(i).annotation(XmlAttribute.class);
            values[i] = attribute == null ? null : xml.getAttributeValue(SCHEMA_INSTANCE, attribute.value());
        }
        while (nextTag()) {
            int index = indexOf(shape, xml.getLocalName());
            var member = members.get(index);
            if (member.many()) {
                var list = values[index] instanceof List<?> some ? new ArrayList<Object>(some) : new ArrayList<>();
                items(member, list);
                values[index] = list;
            } else if (values[index] != null) {
                throw new MalformedDocumentException(member.name() + " stands twice");
            } else {
                values[index] = value(member.type(), member.name());
            }
        }
        for (int i = 0; i < values.length; i++) {
            var type = members.get(i).component().getType();
            values[i] = values[i] == null ? Shape.absent(type) : values[i];
        }
        return shape.make(values);
    }

    private void items(Member member, List<Object> into) throws XMLStreamException, MalformedDocumentException {
        if (member.flattened()) {
            into.add(value(member.type(), member.name()));
            return;
        }
        while (nextTag()) {
            into.add(value(member.type(), member.itemName()));
        }
    }

    private Object value(Class<?> type, String name) throws XMLStreamException, MalformedDocumentException {
        if (type.isRecord()) {
            return record(Shape.of(type));
        }
        var text = xml.getElementText();
        try {
            return Scalars.parse(text, type);
        } catch (IllegalArgumentException e) {
            throw new MalformedDocumentException(name + " is no " + type.getSimpleName() + ": " + text, e);
        }
    }

    private boolean nextTag() throws XMLStreamException, MalformedDocumentException {
        while (true) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    return true;
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    return false;
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (!xml.isWhiteSpace()) {
                        throw new MalformedDocumentException(
                                "unexpected text in " + xml.getText().strip());
                    }
                }
                default -> {}
            }
        }
    }

    private static int indexOf(Shape shape, String name) throws MalformedDocumentException {
        for (int i = 0; i < shape.members().size(); i++) {
            var member = shape.members().get(i);
            if (member.inDocument() && member.name().equals(name)) {
                return i;
            }
        }
        throw new MalformedDocumentException(shape.name() + " has no element " + name);
    }
}
