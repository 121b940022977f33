package dev.ruststack.emulator.s3.operations;

import static dev.ruststack.emulator.s3.operations.ConfigurationAssert.code;
import static dev.ruststack.emulator.s3.operations.ConfigurationAssert.put;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.s3.S3Fixture;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.model.BucketAccelerateStatus;

class BucketAccelerateConfigurationTest {
    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.permissive();

    @Test
    void bucketWithoutOneHasAnEmptyStatus() {
        var bucket = S3.bucket();

        assertThat(S3.client()
                        .getBucketAccelerateConfiguration(r -> r.bucket(bucket))
                        .status())
                .isNull();
    }

    @Test
    void whatIsSetIsGivenBack() {
        var bucket = S3.bucket();

        S3.client()
                .putBucketAccelerateConfiguration(
                        r -> r.bucket(bucket).accelerateConfiguration(a -> a.status(BucketAccelerateStatus.ENABLED)));

        assertThat(S3.client()
                        .getBucketAccelerateConfiguration(r -> r.bucket(bucket))
                        .status())
                .isEqualTo(BucketAccelerateStatus.ENABLED);
    }

    @Test
    void bucketsWithPeriodsHaveNone() throws IOException {
        S3.send("PUT", "/with.a.period");

        var reply = put(
                S3,
                "with.a.period",
                "accelerate",
                "<AccelerateConfiguration><Status>Enabled</Status></AccelerateConfiguration>");

        assertThat(code(reply)).isEqualTo("InvalidRequest");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            value = {" | MalformedXML", "<Status>Disabled</Status> | MalformedXML"})
    void documentsThatS3DoesNotTakeAreRefused(String content, String code) throws IOException {
        var document = "<AccelerateConfiguration>" + content + "</AccelerateConfiguration>";

        var reply = put(S3, S3.bucket(), "accelerate", document);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(code(reply)).isEqualTo(code);
    }
}
