package dev.ruststack.emulator.aws.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonDocumentsTest {
    record Inner(Map<String, String> variables) {}

    record Document(
            @HttpLabel String functionName,
            @HttpHeader("X-Some") @Nullable String some,
            @Nullable String runtime,
            @Nullable Inner environment,
            int memorySize,
            @Nullable List<String> architectures) {}

    private static Document read(String json) throws Exception {
        return JsonDocuments.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), Document.class);
    }

    @Test
    void memberNamesStartWithACapital() throws Exception {
        var read =
                read("{\"Runtime\":\"python3.12\",\"Environment\":{\"Variables\":{\"a\":\"b\"}},\"MemorySize\":256}");

        assertThat(read).isEqualTo(new Document(null, null, "python3.12", new Inner(Map.of("a", "b")), 256, null));
    }

    @Test
    void whatTravelsElsewhereIsNeitherWrittenNorRead() throws Exception {
        var written = JsonDocuments.write(new Document("f", "h", "r", null, 1, List.of("x86_64")));

        assertThat(new String(written, StandardCharsets.UTF_8))
                .isEqualTo("{\"Runtime\":\"r\",\"MemorySize\":1,\"Architectures\":[\"x86_64\"]}");
        assertThat(read("{}").functionName()).isNull();
    }

    @Test
    void unknownMembersAreNamed() {
        assertThatThrownBy(() -> read("{\"Layerz\":[]}"))
                .isInstanceOf(JsonDocuments.UnknownMemberException.class)
                .hasMessage("Layerz");
    }

    @Test
    void brokenJsonIsMalformed() {
        assertThatThrownBy(() -> read("{\"Runtime\":")).isInstanceOf(MalformedDocumentException.class);
    }
}
