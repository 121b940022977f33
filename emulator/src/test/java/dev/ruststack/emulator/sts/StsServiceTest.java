package dev.ruststack.emulator.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.aws.signing.SigV4Authenticator;
import dev.ruststack.emulator.http.HttpServer;
import dev.ruststack.emulator.http.HttpServerConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.StsException;

class StsServiceTest {
    private static final String ACCOUNT = "111122223333";
    private static final String PERMITTED =
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/us-east-1/sts/aws4_request, SignedHeaders=host, Signature="
                    + "0".repeat(64);

    private HttpServer enforcing;
    private HttpServer permissive;

    @BeforeEach
    void start() throws IOException {
        enforcing = start(SigV4Authenticator.Mode.ENFORCE);
        permissive = start(SigV4Authenticator.Mode.PERMISSIVE);
    }

    private static HttpServer start(SigV4Authenticator.Mode mode) throws IOException {
        var authenticator = new SigV4Authenticator(
                mode, key -> key.equals("AKIDUNKNOWN") ? null : "secret", ACCOUNT, "us-east-1", Clock.systemUTC());
        return HttpServer.start(HttpServerConfig.of("aws", "127.0.0.1", 0), new StsService(authenticator));
    }

    @AfterEach
    void close() {
        enforcing.close();
        permissive.close();
    }

    @Test
    void theCallerIsTheRootOfItsAccount() {
        try (var sts = client("AKIDEXAMPLE", "secret", Region.EU_WEST_1)) {
            var identity = sts.getCallerIdentity();

            assertThat(identity.account()).isEqualTo(ACCOUNT);
            assertThat(identity.userId()).isEqualTo(ACCOUNT);
            assertThat(identity.arn()).isEqualTo("arn:aws:iam::" + ACCOUNT + ":root");
        }
    }

    @Test
    void anAccessKeyOfTwelveDigitsNamesItsAccount() {
        try (var sts = client("444455556666", "secret", Region.CN_NORTH_1)) {
            assertThat(sts.getCallerIdentity().arn()).isEqualTo("arn:aws-cn:iam::444455556666:root");
        }
    }

    @Test
    void aWrongSecretIsToldFromAnUnknownKey() {
        try (var wrong = client("AKIDEXAMPLE", "other", Region.US_EAST_1);
                var unknown = client("AKIDUNKNOWN", "secret", Region.US_EAST_1)) {
            assertThatThrownBy(wrong::getCallerIdentity).isInstanceOfSatisfying(StsException.class, e -> {
                assertThat(e.statusCode()).isEqualTo(403);
                assertThat(e.awsErrorDetails().errorCode()).isEqualTo("SignatureDoesNotMatch");
            });
            assertThatThrownBy(unknown::getCallerIdentity)
                    .isInstanceOfSatisfying(
                            StsException.class,
                            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidClientTokenId"));
        }
    }

    @Test
    void aMissingOperationIsNamed() {
        try (var sts = client("AKIDEXAMPLE", "secret", Region.US_EAST_1)) {
            assertThatThrownBy(() -> sts.assumeRole(
                            r -> r.roleArn("arn:aws:iam::111122223333:role/x").roleSessionName("s")))
                    .isInstanceOfSatisfying(StsException.class, e -> {
                        assertThat(e.statusCode()).isEqualTo(501);
                        assertThat(e.awsErrorDetails().errorMessage()).contains("AssumeRole");
                    });
        }
    }

    @Test
    void theDocumentIsThatOfAws() throws Exception {
        var answer = send("Action=GetCallerIdentity&Version=2011-06-15", "Authorization", PERMITTED);

        assertThat(answer.headers().firstValue("Content-Type")).contains("text/xml");
        var id = answer.headers().firstValue("x-amzn-RequestId").orElseThrow();
        assertThat(answer.body())
                .endsWith("<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
                        + "<GetCallerIdentityResult><Arn>arn:aws:iam::111122223333:root</Arn>"
                        + "<UserId>111122223333</UserId><Account>111122223333</Account></GetCallerIdentityResult>"
                        + "<ResponseMetadata><RequestId>" + id + "</RequestId></ResponseMetadata>"
                        + "</GetCallerIdentityResponse>");
    }

    @Test
    void jsonIsSentToWhoeverAcceptsIt() throws Exception {
        var answer = send(
                "Action=GetCallerIdentity&Version=2011-06-15",
                "Authorization",
                PERMITTED,
                "Accept",
                "application/json");

        assertThat(answer.body())
                .startsWith(
                        "{\"GetCallerIdentityResponse\":{\"GetCallerIdentityResult\":{\"Arn\":"
                                + "\"arn:aws:iam::111122223333:root\",\"UserId\":\"111122223333\",\"Account\":\"111122223333\"}");
    }

    @Test
    void anUnknownActionIsRefused() throws Exception {
        var answer = send("Action=Nonsense&Version=2011-06-15", "Authorization", PERMITTED);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("<Type>Sender</Type><Code>InvalidAction</Code>"
                        + "<Message>Could not find operation Nonsense for version 2011-06-15</Message>");
    }

    @Test
    void aRequestWithoutActionOrSignatureIsRefused() throws Exception {
        assertThat(send("Version=2011-06-15", "Authorization", PERMITTED).body())
                .contains("<Code>MissingAction</Code>");
        assertThat(send("Action=GetCallerIdentity&Version=2011-06-15").body())
                .contains("<Code>MissingAuthenticationToken</Code>");
    }

    private HttpResponse<String> send(String form, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + permissive.port()))
                .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                .header("X-Amz-Date", "20260101T000000Z")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private StsClient client(String accessKey, String secret, Region region) {
        return StsClient.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + enforcing.port()))
                .region(region)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secret)))
                .build();
    }
}
