package dev.ruststack.emulator.s3.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.s3.S3Fixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.model.BucketAlreadyExistsException;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;

class CreateBucketTest {
    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.permissive();

    private static void assertRefused(ThrowingCallable call, String code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(S3Exception.class, error -> {
            assertThat(error.statusCode()).isEqualTo(400);
            assertThat(error.awsErrorDetails().errorCode()).isEqualTo(code);
        });
    }

    @Test
    void answersLocationAndArn() throws IOException {
        var created = S3.send("PUT", "/new-bucket");

        assertThat(created.status()).isEqualTo(200);
        assertThat(created.header("Location")).isEqualTo("/new-bucket");
        assertThat(created.header("x-amz-bucket-arn")).isEqualTo("arn:aws:s3:::new-bucket");
        assertThat(created.header("Content-Length")).isEqualTo("0");
        assertThat(created.header("Content-Type")).isNull();
    }

    @Test
    void againInUsEast1IsNoError() {
        S3.client().createBucket(r -> r.bucket("twice"));

        assertThat(S3.client().createBucket(r -> r.bucket("twice")).location()).isEqualTo("/twice");
    }

    @Test
    void againInAnotherRegionIsAlreadyOwned() {
        try (var client = S3.in(Region.EU_WEST_1)) {
            var created = client.createBucket(r -> r.bucket("twice-in-ireland"));

            assertThat(created.location()).matches("http://twice-in-ireland\\..*/");
            assertThatThrownBy(() -> client.createBucket(r -> r.bucket("twice-in-ireland")))
                    .isInstanceOf(BucketAlreadyOwnedByYouException.class);
        }
    }

    /** What s3cmd signs for until it is told the region. */
    @Test
    void theRightRegionIsToldToWhomHasNone() throws IOException {
        var authorization = "AWS4-HMAC-SHA256 Credential=AKIA/20261123/US/s3/aws4_request, "
                + "SignedHeaders=host;x-amz-date, Signature=" + "0".repeat(64);
        var headers = Map.of("Authorization", authorization, "x-amz-date", "20261123T000000Z");

        var created = S3.send("PUT", "/no-region", headers, new byte[0]);

        assertThat(created.status()).isEqualTo(400);
        assertThat(created.text())
                .contains("<Code>AuthorizationHeaderMalformed</Code>")
                .contains("<Region>us-east-1</Region>");
    }

    @Test
    void aNameOfAnotherAccountIsTaken() {
        S3.client().createBucket(r -> r.bucket("mine"));
        try (var other = S3.otherAccount()) {
            assertThatThrownBy(() -> other.createBucket(r -> r.bucket("mine")))
                    .isInstanceOf(BucketAlreadyExistsException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Upper", "under_score", "ab", "a..b", "192.168.1.1"})
    void badNamesAreInvalid(String name) throws IOException {
        var created = S3.send("PUT", "/" + name);

        assertThat(created.status()).isEqualTo(400);
        assertThat(created.text())
                .contains("<Code>InvalidBucketName</Code><Message>The specified bucket is not valid.</Message>"
                        + "<BucketName>" + name + "</BucketName>");
    }

    @Test
    void theConstraintMustFitTheEndpoint() {
        try (var client = S3.in(Region.EU_WEST_1)) {
            assertRefused(
                    () -> client.createBucket(r ->
                            r.bucket("in-paris").createBucketConfiguration(c -> c.locationConstraint("eu-west-3"))),
                    "IllegalLocationConstraintException");
        }
        assertRefused(
                () -> S3.client()
                        .createBucket(r ->
                                r.bucket("on-the-moon").createBucketConfiguration(c -> c.locationConstraint("moon-1"))),
                "InvalidLocationConstraint");
        assertRefused(
                () -> S3.client()
                        .createBucket(r ->
                                r.bucket("at-home").createBucketConfiguration(c -> c.locationConstraint("us-east-1"))),
                "InvalidLocationConstraint");
    }

    @ParameterizedTest
    @CsvSource({
        "x-amz-bucket-namespace, account-regional",
    })
    void whatIsNotBuiltIsRefusedByName(String header, String value) throws IOException {
        var created = S3.send("PUT", "/refused-bucket", Map.of(header, value), new byte[0]);

        assertThat(created.status()).isEqualTo(501);
        assertThat(created.text()).contains("<Header>" + header + "</Header>");
        assertThat(S3.send("HEAD", "/refused-bucket").status()).isEqualTo(404);
    }

    @Test
    void tagsAreTaken() throws IOException {
        var xml = "<CreateBucketConfiguration><Tags><Tag><Key>a</Key><Value>b</Value></Tag></Tags>"
                + "</CreateBucketConfiguration>";

        S3.send("PUT", "/tagged-bucket", Map.of(), xml.getBytes(StandardCharsets.UTF_8));

        assertThat(S3.client().getBucketTagging(r -> r.bucket("tagged-bucket")).tagSet())
                .extracting(Tag::key)
                .containsExactly("a");
    }

    @Test
    void malformedConfigurationIsMalformedXml() throws IOException {
        var created = S3.send("PUT", "/odd-bucket", Map.of(), "<Nothing/>".getBytes(StandardCharsets.UTF_8));

        assertThat(created.text()).contains("<Code>MalformedXML</Code>");
    }
}
