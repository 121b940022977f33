package dev.ruststack.emulator.s3.operations;

import static dev.ruststack.emulator.s3.operations.ConfigurationAssert.code;
import static dev.ruststack.emulator.s3.operations.ConfigurationAssert.put;
import static dev.ruststack.emulator.s3.operations.ConfigurationAssert.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.s3.S3Fixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.model.CORSRule;

class BucketCorsTest {
    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.permissive();

    @Test
    void whatIsSetIsGivenBack() {
        var bucket = S3.bucket();
        var rule = CORSRule.builder()
                .id("one")
                .allowedHeaders("*")
                .allowedMethods("GET", "PUT")
                .allowedOrigins("https://*.example.com")
                .exposeHeaders("ETag")
                .maxAgeSeconds(5)
                .build();

        S3.client().putBucketCors(r -> r.bucket(bucket).corsConfiguration(c -> c.corsRules(rule)));

        assertThat(S3.client().getBucketCors(r -> r.bucket(bucket)).corsRules()).containsExactly(rule);
    }

    @Test
    void bucketWithoutOneSaysSo() {
        var bucket = S3.bucket();

        refused(404, "NoSuchCORSConfiguration", () -> S3.client().getBucketCors(r -> r.bucket(bucket)));
    }

    @Test
    void whatIsRemovedIsGone() {
        var bucket = S3.bucket();
        S3.client()
                .putBucketCors(r -> r.bucket(bucket)
                        .corsConfiguration(c -> c.corsRules(CORSRule.builder()
                                .allowedMethods("GET")
                                .allowedOrigins("*")
                                .build())));

        S3.client().deleteBucketCors(r -> r.bucket(bucket));
        S3.client().deleteBucketCors(r -> r.bucket(bucket));

        refused(404, "NoSuchCORSConfiguration", () -> S3.client().getBucketCors(r -> r.bucket(bucket)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            value = {
                " | MalformedXML",
                "<CORSRule><AllowedMethod>GET</AllowedMethod></CORSRule> | MalformedXML",
                "<CORSRule><AllowedOrigin>*</AllowedOrigin></CORSRule> | MalformedXML",
                "<CORSRule><AllowedMethod>PATCH</AllowedMethod><AllowedOrigin>*</AllowedOrigin></CORSRule> | InvalidRequest",
                "<CORSRule><AllowedMethod>GET</AllowedMethod><AllowedOrigin>*.*</AllowedOrigin></CORSRule> | InvalidRequest",
                "<CORSRule><AllowedMethod>GET</AllowedMethod><AllowedOrigin>*</AllowedOrigin><AllowedHeader>*-*</AllowedHeader></CORSRule> | InvalidRequest",
                "<CORSRule><AllowedMethod>GET</AllowedMethod><AllowedOrigin>*</AllowedOrigin><ExposeHeader>*</ExposeHeader></CORSRule> | InvalidRequest",
                "<CORSRule><AllowedMethod>GET</AllowedMethod><AllowedOrigin>*</AllowedOrigin><Smuggled/></CORSRule> | MalformedXML"
            })
    void documentsThatS3DoesNotTakeAreRefused(String content, String code) throws IOException {
        var document = "<CORSConfiguration>" + content + "</CORSConfiguration>";

        var reply = put(S3, S3.bucket(), "cors", document);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(code(reply)).isEqualTo(code);
    }

    @Test
    void aDocumentWithoutADigestIsRefused() throws IOException {
        var reply = S3.send(
                "PUT", "/" + S3.bucket() + "?cors", Map.of(), "<CORSConfiguration/>".getBytes(StandardCharsets.UTF_8));

        assertThat(code(reply)).isEqualTo("InvalidRequest");
    }

    @Test
    void anEmptyBodyIsRefused() throws IOException {
        assertThat(code(put(S3, S3.bucket(), "cors", ""))).isEqualTo("MissingRequestBodyError");
    }
}
