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
import software.amazon.awssdk.services.s3.model.ObjectOwnership;

class BucketOwnershipControlsTest {
    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.permissive();

    @Test
    void aNewBucketHasAclsTurnedOff() {
        var bucket = S3.bucket();

        assertThat(ownership(bucket)).isEqualTo(ObjectOwnership.BUCKET_OWNER_ENFORCED);
    }

    @Test
    void whatIsSetIsGivenBackAndWhatIsRemovedStaysAway() {
        var bucket = S3.bucket();

        S3.client()
                .putBucketOwnershipControls(r -> r.bucket(bucket)
                        .ownershipControls(c -> c.rules(rule -> rule.objectOwnership(ObjectOwnership.OBJECT_WRITER))));

        assertThat(ownership(bucket)).isEqualTo(ObjectOwnership.OBJECT_WRITER);
        S3.client().deleteBucketOwnershipControls(r -> r.bucket(bucket));
        refused(404, "OwnershipControlsNotFoundError", () -> ownership(bucket));
    }

    private static ObjectOwnership ownership(String bucket) {
        return S3.client()
                .getBucketOwnershipControls(r -> r.bucket(bucket))
                .ownershipControls()
                .rules()
                .getFirst()
                .objectOwnership();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            value = {" | MalformedXML", "<Rule><ObjectOwnership>Mine</ObjectOwnership></Rule> | MalformedXML"})
    void documentsThatS3DoesNotTakeAreRefused(String content, String code) throws IOException {
        var document = "<OwnershipControls>" + content + "</OwnershipControls>";

        var reply = put(S3, S3.bucket(), "ownershipControls", document);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(code(reply)).isEqualTo(code);
    }
}
