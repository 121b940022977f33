package dev.ruststack.emulator.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

class JsonSplicerTest {
    @Test
    void changesTheStringsAtAPlaceAndNoOtherByte() {
        var edits = new JsonEdits().value("Table/Arn", text -> text.toUpperCase(Locale.ROOT));

        assertThat(spliced(
                        " {\"Arn\":\"a\",\"Table\" : {\"n\":1.500E+3, \"Arn\":\"b\\u0041\",\n\"x\":\"\\/é\"} , \"z\":[1,{}]} ",
                        edits))
                .isEqualTo(
                        " {\"Arn\":\"a\",\"Table\" : {\"n\":1.500E+3, \"Arn\":\"BA\",\n\"x\":\"\\/é\"} , \"z\":[1,{}]} ");
    }

    @Test
    void arraysAreNoPlacesOfTheirOwn() {
        var edits = new JsonEdits().value("a/b", text -> text + "!");

        assertThat(spliced("{\"a\":[{\"b\":\"1\"},[{\"b\":\"2\"}],{\"c\":\"3\"}]}", edits))
                .isEqualTo("{\"a\":[{\"b\":\"1!\"},[{\"b\":\"2!\"}],{\"c\":\"3\"}]}");
    }

    @Test
    void doesNotLookIntoWhatNoPlaceNames() {
        var edits = new JsonEdits().value("b", text -> text + "!");

        assertThat(spliced("{\"a\":{\"b\":\"1\"},\"b\":\"2\"}", edits)).isEqualTo("{\"a\":{\"b\":\"1\"},\"b\":\"2!\"}");
    }

    @Test
    void changesNamesOfMembers() {
        var edits = new JsonEdits().names("a", name -> name.equals("x\"é") ? "y" : name);

        assertThat(spliced("{\"x\\\"é\":0,\"a\":{\"x\\\"é\" :{\"x\\\"é\":1},\"z\":2}}", edits))
                .isEqualTo("{\"x\\\"é\":0,\"a\":{\"y\" :{\"x\\\"é\":1},\"z\":2}}");
    }

    @Test
    void escapesWhatItPutsIn() {
        var edits = new JsonEdits().value("a", text -> "\"\\\n");

        assertThat(spliced("{\"a\":\"x\"}", edits)).isEqualTo("{\"a\":\"\\\"\\\\\\n\"}");
    }

    @Test
    void addsMembersAtTheEndOfAnObject() {
        var edits = new JsonEdits().append("a", "\"n\":1");

        assertThat(spliced("{\"a\":{\"b\":2 },\"c\":3}", edits)).isEqualTo("{\"a\":{\"b\":2 ,\"n\":1},\"c\":3}");
        assertThat(spliced("{\"a\":{}}", edits)).isEqualTo("{\"a\":{\"n\":1}}");
    }

    @Test
    void dropsZeroesOnly() {
        var edits = new JsonEdits().dropZero("a/x").dropZero("a/y");

        assertThat(spliced("{\"a\":{\"x\":0.000,\"y\":0.5,\"z\":0}}", edits)).isEqualTo("{\"a\":{\"y\":0.5,\"z\":0}}");
        assertThat(spliced("{\"a\":{\"x\":0,\"y\":0.0,\"z\":0}}", edits)).isEqualTo("{\"a\":{\"z\":0}}");
    }

    @Test
    void countsBytesNotCharacters() {
        var edits = new JsonEdits().value("k", text -> "new").names("", name -> name.equals("é€😀") ? "n" : name);

        assertThat(spliced("{\"é€😀\":\"é€😀\",\"k\":\"😀\",\"l\":\"€\"}", edits))
                .isEqualTo("{\"n\":\"é€😀\",\"k\":\"new\",\"l\":\"€\"}");
    }

    @Test
    void aDocumentWithoutEditsIsTheSameArray() {
        var document = "{\"a\":\"b\"}".getBytes(StandardCharsets.UTF_8);

        assertThat(JsonSplicer.splice(document, new JsonEdits().value("a", text -> text)))
                .isSameAs(document);
    }

    @Test
    void editsLongStrings() {
        var filling = "x".repeat(3_000_000);
        var edits = new JsonEdits().value("b", text -> "2");

        assertThat(spliced("{\"a\":\"" + filling + "\",\"b\":\"1\"}", edits))
                .isEqualTo("{\"a\":\"" + filling + "\",\"b\":\"2\"}");
    }

    @Test
    void aCutDocumentIsRefused() {
        var edits = new JsonEdits().value("a", text -> "");

        assertThatThrownBy(() -> spliced("{\"a\":\"b\"", edits)).isInstanceOf(JacksonException.class);
        assertThatThrownBy(() -> spliced("{\"a\":[", edits)).isInstanceOf(JacksonException.class);
    }

    private static String spliced(String document, JsonEdits edits) {
        return new String(JsonSplicer.splice(document.getBytes(StandardCharsets.UTF_8), edits), StandardCharsets.UTF_8);
    }
}
