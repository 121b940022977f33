package dev.ruststack.emulator.httpfront;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyResultTest {
    @AutoClose
    private static final Front FRONT = new Front();

    @BeforeEach
    void routes() {
        FRONT.routes("ANY /");
    }

    @Test
    void statusHeadersAndBodyAreThoseOfTheResult() {
        FRONT.invoker()
                .returns("{\"statusCode\":201,\"headers\":{\"Content-Type\":\"text/plain\",\"X-One\":\"1\"},"
                        + "\"body\":\"h\u00e9llo\",\"isBase64Encoded\":false}");

        var response = FRONT.get("/");

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/plain");
        assertThat(response.headers().firstValue("X-One")).hasValue("1");
        assertThat(response.body()).isEqualTo("h\u00e9llo");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"statusCode\":200}", "{\"body\":null,\"headers\":null,\"multiValueHeaders\":null}"})
    void nothingMustBeThere(String result) {
        FRONT.invoker().returns(result);

        var response = FRONT.get("/");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"statusCode\":\"404\"} | 404 | ''",
                "{\"statusCode\":200.0,\"body\":12} | 200 | 12",
                "{\"body\":true,\"isBase64Encoded\":\"false\"} | 200 | true"
            })
    void scalarsAreTakenAsText(String result, int status, String body) {
        FRONT.invoker().returns(result);

        var response = FRONT.get("/");

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "\"text\"",
                "[]",
                "{\"statusCode\":200,\"wrongValue\":\"value\"}",
                "{\"statusCode\":\"ok\"}",
                "{\"statusCode\":99}",
                "{\"statusCode\":1000}",
                "{\"statusCode\":200,\"body\":{\"a\":1}}",
                "{\"headers\":[]}",
                "{\"headers\":{\"a\":[\"b\"]}}",
                "{\"headers\":{\"a b\":\"c\"}}",
                "{\"headers\":{\"a\":\"b\\r\\nSet-Cookie: c\"}}",
                "{\"multiValueHeaders\":{\"a\":\"b\"}}",
                "{\"isBase64Encoded\":\"maybe\"}",
                "{\"isBase64Encoded\":true,\"body\":\"!\"}"
            })
    void everythingElseIsMalformed(String result) {
        FRONT.invoker().returns(result);

        var response = FRONT.get("/");

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).isEqualTo("{\"message\":\"Internal server error\"}");
        assertThat(response.headers().firstValue("x-amzn-ErrorType")).hasValue("InternalServerErrorException");
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    }

    @Test
    void severalValuesOfAHeaderAreMergedWithTheOne() {
        FRONT.invoker()
                .returns("{\"headers\":{\"Set-Cookie\":\"c=3\",\"X-Same\":\"1\"},"
                        + "\"multiValueHeaders\":{\"set-cookie\":[\"a=1\",\"b=2\"],\"X-Same\":[\"1\"]}}");

        var response = FRONT.get("/");

        assertThat(response.headers().allValues("Set-Cookie")).containsExactly("a=1", "b=2", "c=3");
        assertThat(response.headers().allValues("X-Same")).containsExactly("1");
    }

    @Test
    void headersOfTheConnectionAreTheServersOwn() {
        FRONT.invoker()
                .returns("{\"headers\":{\"Content-Length\":\"999\",\"Connection\":\"close\","
                        + "\"Transfer-Encoding\":\"chunked\"},\"body\":\"four\"}");

        var response = FRONT.get("/");

        assertThat(response.body()).isEqualTo("four");
        assertThat(response.headers().firstValue("Content-Length")).hasValue("4");
    }

    @Test
    void someHeadersComeUnderAnotherName() {
        FRONT.invoker().returns("{\"statusCode\":401,\"headers\":{\"WWW-Authenticate\":\"Basic\"}}");

        var response = FRONT.get("/");

        assertThat(response.headers().firstValue("x-amzn-Remapped-WWW-Authenticate"))
                .hasValue("Basic");
        assertThat(response.headers().firstValue("WWW-Authenticate")).isEmpty();
    }

    @Test
    void bodyInBase64IsDecoded() {
        var image = new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, (byte) 0xff};
        FRONT.invoker()
                .returns("{\"headers\":{\"Content-Type\":\"image/png\"},\"isBase64Encoded\":true,\"body\":\""
                        + Base64.getEncoder().encodeToString(image) + "\"}");

        var response = FRONT.sendForBytes("/", request -> request);

        assertThat(response.body()).isEqualTo(image);
    }

    @ParameterizedTest
    @CsvSource({
        "image/png, true",
        "'image/png, */*', true",
        "'image/png;q=0.9', true",
        "'text/html, image/png', false",
        "application/json, false"
    })
    void binaryMediaTypesDecideByTheFirstTypeThatTheClientAccepts(String accept, boolean decoded) {
        FRONT.api(List.of("image/*"), "ANY /");
        FRONT.invoker().returns("{\"isBase64Encoded\":true,\"body\":\"aGVsbG8=\"}");

        var response = FRONT.send("/", request -> request.header("Accept", accept));

        assertThat(response.body()).isEqualTo(decoded ? "hello" : "aGVsbG8=");
    }

    @Test
    void allTypesAreBinaryWhateverTheClientAccepts() throws IOException {
        FRONT.api(List.of("*/*"), "ANY /");
        FRONT.invoker().returns("{\"isBase64Encoded\":true,\"body\":\"aGVsbG8=\"}");

        assertThat(FRONT.raw("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .endsWith("\r\n\r\nhello");
        assertThat(FRONT.get("/").body()).isEqualTo("hello");
    }
}
