package dev.ruststack.cli.terminal;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.InputStream;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Records as JSON, one line a document: what {@code --output json} prints, what is kept in files, what is asked for. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Json() {}

    public static String of(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** Throws Jackson's unchecked exception when the text is not such a document. */
    public static <T> T read(byte[] json, Class<T> type) {
        return MAPPER.readValue(json, type);
    }

    /** As {@link #read(byte[], Class)}, from a line of text. */
    public static <T> T read(String json, Class<T> type) {
        return MAPPER.readValue(json, type);
    }

    /** As {@link #read(byte[], Class)}, to the end of a stream. */
    public static <T> T read(InputStream json, Class<T> type) {
        return MAPPER.readValue(json, type);
    }
}
