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
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;

class PublicAccessBlockTest {
    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.permissive();

    @Test
    void aNewBucketBlocksEverything() {
        var bucket = S3.bucket();

        assertThat(block(bucket)).isEqualTo(all(true));
    }

    @Test
    void whatIsNotSaidIsNotBlockedAndWhatIsRemovedStaysAway() {
        var bucket = S3.bucket();

        S3.client()
                .putPublicAccessBlock(
                        r -> r.bucket(bucket).publicAccessBlockConfiguration(c -> c.blockPublicAcls(true)));

        assertThat(block(bucket))
                .isEqualTo(all(false).toBuilder().blockPublicAcls(true).build());
        S3.client().deletePublicAccessBlock(r -> r.bucket(bucket));
        refused(404, "NoSuchPublicAccessBlockConfiguration", () -> block(bucket));
    }

    private static PublicAccessBlockConfiguration block(String bucket) {
        return S3.client().getPublicAccessBlock(r -> r.bucket(bucket)).publicAccessBlockConfiguration();
    }

    private static PublicAccessBlockConfiguration all(boolean value) {
        return PublicAccessBlockConfiguration.builder()
                .blockPublicAcls(value)
                .ignorePublicAcls(value)
                .blockPublicPolicy(value)
                .restrictPublicBuckets(value)
                .build();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            value = {" | MalformedXML", "<BlockPublicAcls>maybe</BlockPublicAcls> | MalformedXML"})
    void documentsThatS3DoesNotTakeAreRefused(String content, String code) throws IOException {
        var document = "<PublicAccessBlockConfiguration>" + content + "</PublicAccessBlockConfiguration>";

        var reply = put(S3, S3.bucket(), "publicAccessBlock", document);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(code(reply)).isEqualTo(code);
    }
}
