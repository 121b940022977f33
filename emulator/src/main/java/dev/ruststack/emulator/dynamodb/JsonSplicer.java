package dev.ruststack.emulator.dynamodb;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Applies {@link JsonEdits} to the bytes of a document. Everything between the edits is copied as it is, so the rest of
 * the document does not change by a byte: not the text of a number, not an escape, not a space.
 */
final class JsonSplicer {
    /** The limits are those of DynamoDB, checked elsewhere: 16 MB for a document. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(32 << 20)
                    .maxNameLength(32 << 20)
                    .build())
            .build();

    private final byte[] source;
    private final JsonEdits edits;
    private final JsonParser parser;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int copied;

    private JsonSplicer(byte[] source, JsonEdits edits) {
        this.source = source;
        this.edits = edits;
        this.parser = JSON.createParser(ObjectReadContext.empty(), source);
    }

    /**
     * The document with its edits; the same array where nothing changed.
     *
     * @throws JacksonException where it is not a JSON document
     */
    static byte[] splice(byte[] document, JsonEdits edits) {
        var splicer = new JsonSplicer(document, edits);
        try (var parser = splicer.parser) {
            parser.nextToken();
            splicer.value("");
            return splicer.result();
        }
    }

    private byte[] result() {
        if (copied == 0) {
            return source;
        }
        out.write(source, copied, source.length - copied);
        return out.toByteArray();
    }

    private void value(String place) {
        switch (parser.currentToken()) {
            case START_OBJECT -> {
                if (edits.enters(place)) {
                    object(place);
                } else {
                    parser.skipChildren();
                }
            }
            case START_ARRAY -> {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    value(place);
                }
            }
            case VALUE_STRING -> string(place);
            case null, default -> {
                // Numbers, literals, and a document that is empty.
            }
        }
    }

    private void object(String place) {
        var names = edits.namesAt(place);
        boolean empty = true;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = parser.currentName();
            int start = tokenStart();
            if (names != null) {
                replaceString(start, name, names.apply(name));
            }
            var member = place.isEmpty() ? name : place + "/" + name;
            parser.nextToken();
            if (edits.dropsZeroAt(member) && isZero() && dropMember(start)) {
                continue;
            }
            empty = false;
            value(member);
        }
        var appended = edits.appendedAt(place);
        if (appended != null) {
            replace(tokenStart(), tokenStart(), (empty ? "" : ",") + appended);
        }
    }

    private boolean isZero() {
        return parser.currentToken().isNumeric() && parser.getDoubleValue() == 0;
    }

    /** Drops a member together with the comma that follows it; one that nothing follows stays. */
    private boolean dropMember(int start) {
        int end = tokenStart();
        while (end < source.length && source[end] != ',' && source[end] != '}') {
            end++;
        }
        if (end == source.length || source[end] == '}') {
            return false;
        }
        replace(start, end + 1, "");
        return true;
    }

    private void string(String place) {
        var edit = edits.valueAt(place);
        if (edit != null) {
            var text = parser.getString();
            replaceString(tokenStart(), text, edit.apply(text));
        }
    }

    private void replaceString(int start, String text, String edited) {
        if (!edited.equals(text)) {
            replace(start, stringEnd(start), DynamoDbProtocol.JSON.writeValueAsString(edited));
        }
    }

    private void replace(int start, int end, String text) {
        out.write(source, copied, start - copied);
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        copied = end;
    }

    private int tokenStart() {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    /** The offset behind the closing quote of the string that starts at {@code start}. */
    private int stringEnd(int start) {
        int at = start + 1;
        while (source[at] != '"') {
            at += source[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }
}
