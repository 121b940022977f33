package dev.ruststack.emulator.s3.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.s3.S3Fixture;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class HeadBucketTest {
    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.permissive();

    @Test
    void tellsRegionAndArn() throws IOException {
        var bucket = S3.bucket();

        var head = S3.send("HEAD", "/" + bucket);

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("x-amz-bucket-region")).isEqualTo("us-east-1");
        assertThat(head.header("x-amz-bucket-arn")).isEqualTo("arn:aws:s3:::" + bucket);
        assertThat(head.header("x-amz-access-point-alias")).isEqualTo("false");
        assertThat(head.header("Content-Type")).isEqualTo("application/xml");
        assertThat(S3.client().headBucket(r -> r.bucket(bucket)).bucketRegion()).isEqualTo("us-east-1");
    }

    @Test
    void missingBucketIs404() {
        assertThatThrownBy(() -> S3.client().headBucket(r -> r.bucket("no-such-bucket")))
                .isInstanceOf(NoSuchBucketException.class);
    }

    @Test
    void bucketOfAnotherAccountIs403() {
        var bucket = S3.bucket();
        try (var other = S3.otherAccount()) {
            assertThatThrownBy(() -> other.headBucket(r -> r.bucket(bucket)))
                    .isInstanceOfSatisfying(
                            S3Exception.class,
                            error -> assertThat(error.statusCode()).isEqualTo(403));
        }
    }
}
