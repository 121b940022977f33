package dev.ruststack.emulator.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AttributeValuesTest {
    @Test
    void plainValuesGetTheirTypes() {
        var item = new LinkedHashMap<String, Object>();
        item.put("text", "a");
        item.put("number", new BigDecimal("12345678901234567890.10"));
        item.put("flag", true);
        item.put("nothing", null);
        item.put("list", Arrays.asList(1, "two", null));
        item.put("map", Map.of("k", 2L));

        assertThat(AttributeValues.plainItem(item))
                .hasToString("{\"text\":{\"S\":\"a\"},\"number\":{\"N\":\"12345678901234567890.10\"},"
                        + "\"flag\":{\"BOOL\":true},\"nothing\":{\"NULL\":true},"
                        + "\"list\":{\"L\":[{\"N\":\"1\"},{\"S\":\"two\"},{\"NULL\":true}]},"
                        + "\"map\":{\"M\":{\"k\":{\"N\":\"2\"}}}}");
    }

    @Test
    void taggedValuesKeepTheirTags() throws Exception {
        var item = new LinkedHashMap<String, Object>();
        item.put("id", Map.of("S", "1"));
        item.put("total", Map.of("N", "9.990"));
        item.put("tags", Map.of("SS", List.of("a", "b")));
        item.put("nested", Map.of("M", Map.of("deep", Map.of("L", List.of(Map.of("BOOL", false))))));

        assertThat(AttributeValues.taggedItem(item))
                .hasToString("{\"id\":{\"S\":\"1\"},\"total\":{\"N\":\"9.990\"},\"tags\":{\"SS\":[\"a\",\"b\"]},"
                        + "\"nested\":{\"M\":{\"deep\":{\"L\":[{\"BOOL\":false}]}}}}");
    }

    @Test
    void aBareNThatWasReadAsABooleanIsANumber() throws Exception {
        assertThat(AttributeValues.taggedItem(Map.of("n", Map.of("false", "1"))))
                .hasToString("{\"n\":{\"N\":\"1\"}}");
    }

    @Test
    void whatCarriesNoTagIsNamed() {
        for (var value : List.of("text", Map.of(), Map.of("X", "1"), Map.of("S", "1", "N", "2"), Map.of("L", "no"))) {
            assertThatThrownBy(() -> AttributeValues.taggedItem(Map.of("total", value)))
                    .as("%s", value)
                    .isInstanceOf(SeedException.class)
                    .hasMessageContaining("attribute total");
        }
    }
}
