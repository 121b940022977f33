package dev.ruststack.emulator.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Presigned URLs hold over each of the stack's hosts, with the bucket in the path or in front of the host. */
class PresignedHostsTest {
    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.enforcing();

    private static S3Presigner presigner(String host, boolean pathStyle) {
        return S3.presigner(URI.create("http://" + host + ":" + S3.port()), pathStyle);
    }

    private static S3Fixture.Reply send(String method, URI url, byte[] body) throws IOException {
        return S3.send(method, url.getRawPath() + "?" + url.getRawQuery(), Map.of("Host", url.getAuthority()), body);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, true",
        "localhost, false",
        "s3.localhost, true",
        "s3.localhost, false",
        "s3.us-east-1.localhost, false",
        "127.0.0.1, true"
    })
    void everyKindHolds(String host, boolean pathStyle) throws Exception {
        var bucket = S3.bucket();
        var time = Duration.ofMinutes(5);
        try (var presigner = presigner(host, pathStyle)) {
            var put = presigner.presignPutObject(p -> p.signatureDuration(time)
                    .putObjectRequest(r -> r.bucket(bucket).key("a b/ü")));
            var get = presigner.presignGetObject(p -> p.signatureDuration(time)
                    .getObjectRequest(r -> r.bucket(bucket).key("a b/ü").responseContentType("text/html")));
            var head = presigner.presignHeadObject(p -> p.signatureDuration(time)
                    .headObjectRequest(r -> r.bucket(bucket).key("a b/ü")));
            var delete = presigner.presignDeleteObject(p -> p.signatureDuration(time)
                    .deleteObjectRequest(r -> r.bucket(bucket).key("a b/ü")));

            var text = "text".getBytes(StandardCharsets.UTF_8);
            assertThat(send("PUT", put.url().toURI(), text).status()).isEqualTo(200);
            var got = send("GET", get.url().toURI(), new byte[0]);
            assertThat(got.text()).isEqualTo("text");
            assertThat(got.header("Content-Type")).isEqualTo("text/html");
            assertThat(send("HEAD", head.url().toURI(), new byte[0]).status()).isEqualTo(200);
            assertThat(send("DELETE", delete.url().toURI(), new byte[0]).status())
                    .isEqualTo(204);
        }
    }

    @Test
    void anotherHostThanTheSignedOneDoesNotHold() throws Exception {
        var bucket = S3.bucket();
        S3.put(bucket, "key", "text");
        try (var presigner = presigner("localhost", true)) {
            var url = presigner
                    .presignGetObject(p -> p.signatureDuration(Duration.ofMinutes(5))
                            .getObjectRequest(r -> r.bucket(bucket).key("key")))
                    .url()
                    .toURI();

            var reply = S3.send(
                    "GET", url.getRawPath() + "?" + url.getRawQuery(), Map.of("Host", "s3.localhost"), new byte[0]);

            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.text()).contains("<Code>SignatureDoesNotMatch</Code>");
        }
    }

    @Test
    void aMethodThatWasNotSignedDoesNotHold() throws Exception {
        var bucket = S3.bucket();
        try (var presigner = presigner("localhost", true)) {
            var url = presigner
                    .presignGetObject(p -> p.signatureDuration(Duration.ofMinutes(5))
                            .getObjectRequest(r -> r.bucket(bucket).key("key")))
                    .url()
                    .toURI();

            for (var method : Stream.of("PUT", "DELETE", "HEAD").toList()) {
                assertThat(send(method, url, new byte[0]).status()).isEqualTo(403);
            }
        }
    }
}
