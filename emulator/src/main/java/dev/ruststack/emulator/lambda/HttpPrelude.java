package dev.ruststack.emulator.lambda;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The status and headers that a function writes before the body of a streamed HTTP answer: JSON, then eight NUL bytes.
 * AWS: Lambda Developer Guide, Response streaming, {@code awslambda.HttpResponseStream.from}.
 *
 * @param statusCode 200 where the function gives none
 * @param headers one value each
 * @param multiValueHeaders as REST APIs take them
 * @param cookies values of {@code Set-Cookie}
 */
public record HttpPrelude(
        int statusCode,
        Map<String, String> headers,
        Map<String, List<String>> multiValueHeaders,
        List<String> cookies) {
    /** What marks a response that begins with a prelude. */
    public static final String CONTENT_TYPE = "application/vnd.awslambda.http-integration-response";

    private static final int SEPARATOR = 8;
    private static final int MAX_BYTES = 64 * 1024;

    public HttpPrelude {
        headers = Map.copyOf(headers);
        multiValueHeaders = Map.copyOf(multiValueHeaders);
        cookies = List.copyOf(cookies);
    }

    /**
     * Takes the prelude off a response, whose body then is that of the HTTP answer.
     *
     * @return null where the response has none, for its content type is another
     * @throws ProtocolException where it is not one
     */
    public static @Nullable HttpPrelude take(StreamedResponse response) throws IOException {
        if (!response.contentType().equals(CONTENT_TYPE)) {
            return null;
        }
        var json = new ByteArrayOutputStream();
        int nuls = 0;
        while (nuls < SEPARATOR) {
            int next = response.body().read();
            if (next < 0 || json.size() > MAX_BYTES) {
                throw new ProtocolException("the prelude of a streamed HTTP response does not end");
            }
            nuls = next == 0 ? nuls + 1 : 0;
            if (next != 0) {
                json.write(next);
            }
        }
        try {
            return of(JsonMapper.shared().readTree(json.toByteArray()));
        } catch (JacksonException | IllegalArgumentException e) {
            throw new ProtocolException("the prelude of a streamed HTTP response is not one: " + e.getMessage());
        }
    }

    private static HttpPrelude of(JsonNode prelude) {
        if (!prelude.isObject()) {
            throw new IllegalArgumentException("it is no object");
        }
        var headers = new LinkedHashMap<String, String>();
        prelude.path("headers").properties().forEach(each -> headers.put(each.getKey(), text(each.getValue())));
        var multiple = new LinkedHashMap<String, List<String>>();
        prelude.path("multiValueHeaders")
                .properties()
                .forEach(each -> multiple.put(each.getKey(), texts(each.getValue())));
        int status = prelude.path("statusCode").asInt(200);
        if (status < 100 || status > 599) {
            throw new IllegalArgumentException("its statusCode is " + status);
        }
        return new HttpPrelude(status, headers, multiple, texts(prelude.path("cookies")));
    }

    private static List<String> texts(JsonNode values) {
        return values.valueStream().map(HttpPrelude::text).toList();
    }

    private static String text(JsonNode value) {
        return value.isString() ? value.stringValue() : value.toString();
    }
}
