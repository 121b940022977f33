package dev.ruststack.emulator.aws.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class XmlTest {
    record Owner(@XmlName("ID") String id) {}

    record Bucket(String name, @Nullable Instant creationDate) {}

    record Prefix(String prefix) {}

    @XmlName("ListAll")
    record Output(
            @HttpHeader("x-amz-some") String header,
            @Nullable Owner owner,
            List<Bucket> buckets,
            @XmlFlattened @XmlName("CommonPrefixes") List<Prefix> prefixes,
            @Nullable String eTag,
            int keyCount,
            boolean isTruncated) {}

    record Grantee(
            @XmlAttribute("type") @Nullable String type,
            @XmlName("ID") @Nullable String id) {}

    record Grant(Grantee grantee) {}

    @Test
    void attributesAreReadAndWritten() throws MalformedDocumentException {
        var document = "<Grant><Grantee xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                + " xsi:type=\"CanonicalUser\"><ID>me</ID></Grantee></Grant>";

        var read = XmlReader.read(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)), Grant.class);

        assertThat(read).isEqualTo(new Grant(new Grantee("CanonicalUser", "me")));
        assertThat(new String(XmlWriter.write(read, null), StandardCharsets.UTF_8))
                .endsWith(document);
    }

    @Test
    void whatTravelsElsewhereIsNoElement() {
        var document = "<ListAll><Header>smuggled</Header></ListAll>";

        assertThatThrownBy(() -> XmlReader.read(
                        new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)), Output.class))
                .isInstanceOf(MalformedDocumentException.class);
    }

    @Test
    void componentsAreElementsInTheirOrder() {
        var output = new Output(
                "h",
                new Owner("me"),
                List.of(new Bucket("a", Instant.parse("2024-01-02T03:04:05Z")), new Bucket("b", null)),
                List.of(new Prefix("x/"), new Prefix("y/")),
                "\"abc\"",
                2,
                false);

        assertThat(new String(XmlWriter.write(output, "urn:n"), StandardCharsets.UTF_8))
                .isEqualTo(
                        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ListAll xmlns=\"urn:n\">"
                                + "<Owner><ID>me</ID></Owner>"
                                + "<Buckets><Bucket><Name>a</Name><CreationDate>2024-01-02T03:04:05.000Z</CreationDate></Bucket>"
                                + "<Bucket><Name>b</Name></Bucket></Buckets>"
                                + "<CommonPrefixes><Prefix>x/</Prefix></CommonPrefixes>"
                                + "<CommonPrefixes><Prefix>y/</Prefix></CommonPrefixes>"
                                + "<ETag>&quot;abc&quot;</ETag><KeyCount>2</KeyCount><IsTruncated>false</IsTruncated></ListAll>");
    }

    @Test
    void whatXmlForbidsIsAReference() {
        var written = new String(XmlWriter.write(new Prefix("a\u0001<é\uD83D\uDE00&"), null), StandardCharsets.UTF_8);

        assertThat(written).endsWith("<Prefix><Prefix>a&#x1;&lt;é\uD83D\uDE00&amp;</Prefix></Prefix>");
    }

    @XmlName("Delete")
    record Delete(@XmlFlattened @XmlName("Object") List<Item> objects, boolean quiet) {
        Delete {
            objects = objects == null ? List.of() : List.copyOf(objects);
        }
    }

    record Item(String key, @Nullable String versionId) {}

    private static Delete read(String xml) throws Exception {
        return XmlReader.read(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)), Delete.class);
    }

    @Test
    void flattenedListsAndMissingElements() throws Exception {
        var read = read("<?xml version=\"1.0\"?><Delete xmlns=\"http://x\"> <Object><Key>a&amp;b</Key></Object>\n"
                + "<Object><Key> c </Key><VersionId>null</VersionId></Object></Delete>");

        assertThat(read).isEqualTo(new Delete(List.of(new Item("a&b", null), new Item(" c ", "null")), false));
    }

    @Test
    void documentTypesAreRefused() {
        assertThatThrownBy(() -> read("<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
                        + "<Delete><Object><Key>&x;</Key></Object></Delete>"))
                .isInstanceOf(MalformedDocumentException.class);
    }

    @Test
    void wrongRootsUnknownElementsAndBrokenDocumentsAreRefused() {
        for (var xml : List.of(
                "<Deleted/>",
                "<Delete><Objekt/></Delete>",
                "<Delete>",
                "",
                "x",
                "<Delete/><Delete/>",
                "<Delete><Quiet>maybe</Quiet></Delete>",
                "<Delete>text</Delete>",
                "<Delete><Quiet>true</Quiet><Quiet>true</Quiet></Delete>")) {
            assertThatThrownBy(() -> read(xml)).as(xml).isInstanceOf(MalformedDocumentException.class);
        }
    }
}
