package dev.ruststack.emulator.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.s3.S3Fixture.Reply;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.model.CORSRule;

class CorsTest {
    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.permissive();

    private static String bucket() {
        var bucket = S3.bucket();
        var first = CORSRule.builder()
                .allowedMethods("PUT", "GET")
                .allowedOrigins("https://*.example.com")
                .allowedHeaders("x-amz-*", "Content-Type")
                .exposeHeaders("ETag")
                .maxAgeSeconds(60)
                .build();
        var second =
                CORSRule.builder().allowedMethods("HEAD").allowedOrigins("*").build();
        S3.client().putBucketCors(r -> r.bucket(bucket).corsConfiguration(c -> c.corsRules(first, second)));
        S3.put(bucket, "key", "text");
        return bucket;
    }

    private static Reply preflight(String path, Map<String, String> headers) throws IOException {
        return S3.send("OPTIONS", path, headers, new byte[0]);
    }

    private static Map<String, String> wish(String origin, String method, String headers) {
        return headers.isEmpty()
                ? Map.of("Origin", origin, "Access-Control-Request-Method", method)
                : Map.of(
                        "Origin",
                        origin,
                        "Access-Control-Request-Method",
                        method,
                        "Access-Control-Request-Headers",
                        headers);
    }

    @Test
    void aPreflightIsAnsweredByTheFirstRuleThatItIsWithin() throws IOException {
        var reply =
                preflight("/" + bucket() + "/key", wish("https://a.example.com", "PUT", "X-Amz-Date, content-type"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo("https://a.example.com");
        assertThat(reply.header("Access-Control-Allow-Methods")).isEqualTo("PUT, GET");
        assertThat(reply.header("Access-Control-Allow-Headers")).isEqualTo("x-amz-date, content-type");
        assertThat(reply.header("Access-Control-Expose-Headers")).isEqualTo("ETag");
        assertThat(reply.header("Access-Control-Max-Age")).isEqualTo("60");
        assertThat(reply.header("Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(reply.header("Vary"))
                .isEqualTo("Origin, Access-Control-Request-Headers, Access-Control-Request-Method");
        assertThat(reply.body()).isEmpty();
    }

    @Test
    void everyOriginIsNamedByAStarWithoutCredentials() throws IOException {
        var reply = preflight("/" + bucket(), wish("http://other", "HEAD", ""));

        assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(reply.header("Access-Control-Allow-Credentials")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example.com, DELETE, ''",
        "https://example.org, PUT, ''",
        "https://a.example.com, PUT, authorization",
    })
    void whatNoRuleAllowsIsForbidden(String origin, String method, String headers) throws IOException {
        var reply = preflight("/" + bucket() + "/key", wish(origin, method, headers));

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.text())
                .contains("<Code>AccessForbidden</Code>")
                .contains("This CORS request is not allowed")
                .contains("<Method>" + method + "</Method><ResourceType>OBJECT</ResourceType>");
        assertThat(reply.header("Access-Control-Allow-Origin")).isNull();
    }

    @Test
    void bucketsWithoutRulesAndNoBucketsSaySo() throws IOException {
        var none = preflight("/" + S3.bucket(), wish("https://a", "PUT", ""));
        var missing = preflight("/no-such-bucket/key", wish("https://a", "PUT", ""));

        assertThat(none.text()).contains("CORSResponse: CORS is not enabled for this bucket.");
        assertThat(missing.text()).contains("CORSResponse: Bucket not found");
        assertThat(missing.status()).isEqualTo(403);
    }

    @Test
    void aPreflightMustSayWhatItIsFor() throws IOException {
        var withoutOrigin = preflight("/" + bucket(), Map.of());
        var withoutMethod = preflight("/" + bucket(), Map.of("Origin", "https://a"));

        assertThat(withoutOrigin.status()).isEqualTo(400);
        assertThat(withoutOrigin.text()).contains("Insufficient information. Origin request header needed.");
        assertThat(withoutMethod.text()).contains("Invalid Access-Control-Request-Method: null");
    }

    @Test
    void answersToPagesOfAllowedOriginsAreMarkedErrorsToo() throws IOException {
        var bucket = bucket();
        var origin = Map.of("Origin", "https://a.example.com");

        var found = S3.send("GET", "/" + bucket + "/key", origin, new byte[0]);
        var missing = S3.send("GET", "/" + bucket + "/missing", origin, new byte[0]);
        var foreign = S3.send("GET", "/" + bucket + "/key", Map.of("Origin", "https://b"), new byte[0]);
        var plain = S3.send("GET", "/" + bucket + "/key");

        assertThat(found.text()).isEqualTo("text");
        assertThat(found.header("Access-Control-Allow-Origin")).isEqualTo("https://a.example.com");
        assertThat(found.header("Vary")).startsWith("Origin");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.header("Access-Control-Allow-Origin")).isEqualTo("https://a.example.com");
        assertThat(foreign.header("Access-Control-Allow-Origin")).isNull();
        assertThat(plain.header("Access-Control-Allow-Origin")).isNull();
    }

    @Test
    void theBucketMayStandInTheHost() throws IOException {
        var bucket = bucket();

        var reply = S3.send(
                "OPTIONS",
                "/key",
                Map.of(
                        "Host",
                        bucket + ".localhost",
                        "Origin",
                        "https://a.example.com",
                        "Access-Control-Request-Method",
                        "GET"),
                new byte[0]);

        assertThat(reply.status()).isEqualTo(200);
    }
}
