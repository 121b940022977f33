package dev.ruststack.emulator.s3.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.s3.S3Fixture;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.model.S3Exception;

class DeleteObjectTest {
    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.permissive();

    @Test
    void answers204WithoutContentTypeAndLength() throws IOException {
        var bucket = S3.bucket();
        S3.put(bucket, "key", "x");

        var deleted = S3.send("DELETE", "/" + bucket + "/key");

        assertThat(deleted.status()).isEqualTo(204);
        assertThat(deleted.header("Content-Type")).isNull();
        assertThat(deleted.header("Content-Length")).isNull();
        assertThat(S3.send("HEAD", "/" + bucket + "/key").status()).isEqualTo(404);
    }

    @Test
    void aMissingKeyIsDeletedToo() {
        var bucket = S3.bucket();

        assertThat(S3.client().deleteObject(r -> r.bucket(bucket).key("none")).deleteMarker())
                .isNull();
    }

    @Test
    void ifMatchDeletesOnlyThisETag() {
        var bucket = S3.bucket();
        S3.put(bucket, "key", "x");
        var eTag = S3.client().headObject(r -> r.bucket(bucket).key("key")).eTag();

        assertThatThrownBy(() -> S3.client()
                        .deleteObject(r -> r.bucket(bucket).key("key").ifMatch("other")))
                .isInstanceOfSatisfying(
                        S3Exception.class,
                        error -> assertThat(error.statusCode()).isEqualTo(412));
        S3.client().deleteObject(r -> r.bucket(bucket).key("key").ifMatch(eTag));
        S3.client().deleteObject(r -> r.bucket(bucket).key("key").ifMatch(eTag));
    }

    @Test
    void theOtherConditionsAreNotImplemented() throws IOException {
        var bucket = S3.bucket();

        var deleted = S3.send("DELETE", "/" + bucket + "/key", Map.of("x-amz-if-match-size", "1"), new byte[0]);

        assertThat(deleted.status()).isEqualTo(501);
        assertThat(deleted.text()).contains("<Header>x-amz-if-match-size</Header>");
    }
}
