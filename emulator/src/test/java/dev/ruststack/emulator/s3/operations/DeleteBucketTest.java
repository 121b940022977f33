package dev.ruststack.emulator.s3.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.s3.S3Fixture;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeleteBucketTest {
    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.permissive();

    @Test
    void anEmptyBucketIsGone() throws IOException {
        var bucket = S3.bucket();

        var deleted = S3.send("DELETE", "/" + bucket);

        assertThat(deleted.status()).isEqualTo(204);
        assertThat(deleted.header("Content-Type")).isNull();
        assertThat(deleted.header("Content-Length")).isNull();
        assertThat(S3.send("HEAD", "/" + bucket).status()).isEqualTo(404);
    }

    @Test
    void aBucketWithObjectsStays() throws IOException {
        var bucket = S3.bucket();
        S3.put(bucket, "key", "x");

        var deleted = S3.send("DELETE", "/" + bucket);

        assertThat(deleted.status()).isEqualTo(409);
        assertThat(deleted.text())
                .contains("<Code>BucketNotEmpty</Code><Message>The bucket you tried to delete is not empty</Message>"
                        + "<BucketName>" + bucket + "</BucketName>");
    }
}
