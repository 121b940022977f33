package dev.ruststack.emulator.s3.operations;

import static dev.ruststack.emulator.s3.operations.ConfigurationAssert.code;
import static dev.ruststack.emulator.s3.operations.ConfigurationAssert.put;
import static dev.ruststack.emulator.s3.operations.ConfigurationAssert.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.s3.S3Fixture;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.model.Payer;

class BucketRequestPaymentTest {
    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.permissive();

    @Test
    void theOwnerPaysUntilSaidOtherwise() {
        var bucket = S3.bucket();

        assertThat(S3.client().getBucketRequestPayment(r -> r.bucket(bucket)).payer())
                .isEqualTo(Payer.BUCKET_OWNER);
        S3.client()
                .putBucketRequestPayment(
                        r -> r.bucket(bucket).requestPaymentConfiguration(c -> c.payer(Payer.REQUESTER)));
        assertThat(S3.client().getBucketRequestPayment(r -> r.bucket(bucket)).payer())
                .isEqualTo(Payer.REQUESTER);
    }

    @Test
    void aBucketOfAnotherAccountIsNotToldOf() {
        var bucket = S3.bucket();
        try (var other = S3.otherAccount()) {
            refused(403, "AccessDenied", () -> other.getBucketRequestPayment(r -> r.bucket(bucket)));
        }
        refused(
                403,
                "AccessDenied",
                () -> S3.client().getBucketRequestPayment(r -> r.bucket(bucket).expectedBucketOwner("111111111111")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            value = {" | MalformedXML", "<Payer>Nobody</Payer> | MalformedXML"})
    void documentsThatS3DoesNotTakeAreRefused(String content, String code) throws IOException {
        var document = "<RequestPaymentConfiguration>" + content + "</RequestPaymentConfiguration>";

        var reply = put(S3, S3.bucket(), "requestPayment", document);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(code(reply)).isEqualTo(code);
    }
}
