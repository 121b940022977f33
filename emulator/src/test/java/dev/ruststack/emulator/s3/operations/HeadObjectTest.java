package dev.ruststack.emulator.s3.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.s3.S3Fixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

class HeadObjectTest {
    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.permissive();

    @Test
    void hasTheHeadersOfGetWithoutTheBytes() throws IOException {
        var bucket = S3.bucket();
        S3.send("PUT", "/" + bucket + "/key", Map.of(), "0123456789".getBytes(StandardCharsets.UTF_8));

        var head = S3.send("HEAD", "/" + bucket + "/key");
        var part = S3.send("HEAD", "/" + bucket + "/key", Map.of("Range", "bytes=2-4"), new byte[0]);

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Length")).isEqualTo("10");
        assertThat(head.body()).isEmpty();
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.header("Content-Length")).isEqualTo("3");
        assertThat(part.header("Content-Range")).isEqualTo("bytes 2-4/10");
    }

    @Test
    void errorsHaveNoBody() throws IOException {
        var bucket = S3.bucket();

        var head = S3.send("HEAD", "/" + bucket + "/none");

        assertThat(head.status()).isEqualTo(404);
        assertThat(head.body()).isEmpty();
        assertThat(head.header("x-amz-request-id")).isNotNull();
        assertThatThrownBy(() -> S3.client().headObject(r -> r.bucket(bucket).key("none")))
                .isInstanceOf(NoSuchKeyException.class);
    }
}
