package dev.ruststack.emulator.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.aws.AuthFailure;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3ProtocolTest {
    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.permissive();

    private final S3Protocol protocol = new S3Protocol();

    @Test
    void requestIdsDiffer() {
        assertThat(protocol.newRequestId()).matches("[0-9A-Z]{16}").isNotEqualTo(protocol.newRequestId());
    }

    @Test
    void aWrongSignatureTellsWhatWasComputed() {
        var error = protocol.authentication(new AuthFailure.Mismatch("AKID", "abc", "string\nto", "GET\n/"));

        assertThat(error.code()).isEqualTo(S3Error.SIGNATURE_DOES_NOT_MATCH);
        assertThat(error.details().keySet())
                .containsExactly(
                        "AWSAccessKeyId",
                        "StringToSign",
                        "SignatureProvided",
                        "StringToSignBytes",
                        "CanonicalRequest",
                        "CanonicalRequestBytes");
        assertThat(error.details()).containsEntry("CanonicalRequestBytes", "47 45 54 0a 2f");
    }

    @Test
    void anExpiredUrlTellsWhen() {
        var error = protocol.authentication(new AuthFailure.Expired(
                60, Instant.parse("2026-11-23T10:00:00.5Z"), Instant.parse("2026-11-23T11:00:00.5Z")));

        assertThat(error.text()).isEqualTo("Request has expired");
        assertThat(error.details())
                .containsEntry("X-Amz-Expires", "60")
                .containsEntry("Expires", "2026-11-23T10:00:00Z")
                .containsEntry("ServerTime", "2026-11-23T11:00:00Z");
    }

    @Test
    void unsignedHeadersAreNamed() {
        var error = protocol.authentication(new AuthFailure.Unsigned(List.of("x-amz-acl", "x-amz-tagging")));

        assertThat(error.code()).isEqualTo(S3Error.ACCESS_DENIED);
        assertThat(error.details()).containsEntry("HeadersNotSigned", "x-amz-acl, x-amz-tagging");
    }

    @Test
    void operationsThatAreNotBuiltAreRefusedByName() throws IOException {
        var reply = S3.send("GET", "/bucket?abac");

        assertThat(reply.status()).isEqualTo(501);
        assertThat(reply.text()).contains("<Code>NotImplemented</Code>").contains("GetBucketAbac");
    }

    @ParameterizedTest
    @CsvSource({"PATCH, /, SERVICE", "PATCH, /bucket, BUCKET", "PATCH, /bucket/key, OBJECT"})
    void whatS3DoesNotKnowEitherIsNotAllowed(String method, String path, String resource) throws IOException {
        var reply = S3.send(method, path);

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.text())
                .contains("<Code>MethodNotAllowed</Code>")
                .contains("<Method>" + method + "</Method><ResourceType>" + resource + "</ResourceType>");
    }
}
