package dev.ruststack.emulator.aws.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.aws.signing.SigV4Authenticator.Mode;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.RequestBody;
import java.io.ByteArrayInputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Requests are signed by the signer of the AWS SDK for Java v2. */
class SigV4AuthenticatorTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final String KEY = "AKIDEXAMPLE";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private static final byte[] BODY = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);

    private static SigV4Authenticator at(Instant now, Mode mode) {
        return new SigV4Authenticator(
                mode,
                key -> key.equals(KEY) ? SECRET : null,
                "000000000000",
                "us-east-1",
                Clock.fixed(now, ZoneOffset.UTC));
    }

    private static SignedRequest sign(String service, String url, Duration expires) {
        var request = SdkHttpFullRequest.builder()
                .method(expires == null ? SdkHttpMethod.POST : SdkHttpMethod.GET)
                .uri(URI.create(url));
        return AwsV4HttpSigner.create().sign(signing -> {
            signing.identity(AwsCredentialsIdentity.create(KEY, SECRET))
                    .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, service)
                    .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-west-1")
                    .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(NOW, ZoneOffset.UTC));
            if (service.equals("s3")) {
                signing.putProperty(AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4FamilyHttpSigner.NORMALIZE_PATH, false);
            }
            if (expires == null) {
                signing.request(request.putHeader("content-type", "application/json")
                                .build())
                        .payload(() -> new ByteArrayInputStream(BODY));
            } else {
                signing.request(request.build())
                        .putProperty(
                                AwsV4FamilyHttpSigner.AUTH_LOCATION, AwsV4FamilyHttpSigner.AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4FamilyHttpSigner.EXPIRATION_DURATION, expires)
                        .putProperty(AwsV4FamilyHttpSigner.PAYLOAD_SIGNING_ENABLED, false);
            }
        });
    }

    private static Request received(SdkHttpRequest sent, byte[] body) {
        var headers = Headers.builder();
        sent.headers().forEach((name, values) -> values.forEach(value -> headers.add(name, value)));
        var uri = sent.getUri();
        if (!headers.has("Host")) {
            headers.add("Host", uri.getAuthority());
        }
        return new Request(
                sent.method().name(),
                uri.getRawPath(),
                uri.getRawQuery() == null ? "" : uri.getRawQuery(),
                headers.build(),
                RequestBody.of(body),
                InetSocketAddress.createUnresolved("client", 1),
                false);
    }

    private static Request received(SdkHttpRequest sent) {
        return received(sent, BODY);
    }

    private static String refusal(SigV4Authenticator authenticator, Request request) {
        try {
            authenticator.authenticate(request, new TestProtocol()).payload().stream()
                    .readAllBytes();
            return "none";
        } catch (AwsException e) {
            return e.code().code();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    @Nested
    class InTheHeader {
        @Test
        void aGoodSignatureNamesItsCaller() throws Exception {
            for (var service : new String[] {"s3", "dynamodb", "lambda"}) {
                var request = received(
                        sign(service, "http://localhost:4566/a%20b/c%2Bd/%E2%82%AC?list-type=2&prefix=x%2Fy&z", null)
                                .request());

                var authenticated = at(NOW, Mode.ENFORCE).authenticate(request, new TestProtocol());

                assertThat(authenticated.identity().accessKeyId()).isEqualTo(KEY);
                assertThat(authenticated.identity().region()).isEqualTo("eu-west-1");
                assertThat(authenticated.identity().service()).isEqualTo(service);
                assertThat(authenticated.payload().stream().readAllBytes()).isEqualTo(BODY);
            }
        }

        @Test
        void whatWasChangedAfterSigningIsRefused() {
            var sent = sign("dynamodb", "http://localhost:4566/x?a=1", null).request();
            var changed = sent.toBuilder().putRawQueryParameter("a", "2").build();

            assertThat(refusal(at(NOW, Mode.ENFORCE), received(changed))).isEqualTo("Mismatch");
            assertThat(refusal(at(NOW, Mode.ENFORCE), received(sent, "{}".getBytes(StandardCharsets.UTF_8))))
                    .isIn("Mismatch", "PayloadHashMismatch");
        }

        @Test
        void aClockFarAwayIsRefused() {
            var sent = received(sign("lambda", "http://localhost:4566/", null).request());

            assertThat(refusal(at(NOW.plusSeconds(901), Mode.ENFORCE), sent)).isEqualTo("Skewed");
            assertThat(refusal(at(NOW.minusSeconds(901), Mode.ENFORCE), sent)).isEqualTo("Skewed");
        }

        @Test
        void unknownKeysAreRefusedOnlyWhereSignaturesAreEnforced() {
            var sent = sign("lambda", "http://localhost:4566/", null).request();
            var other = sent.toBuilder()
                    .putHeader(
                            "Authorization",
                            sent.firstMatchingHeader("Authorization")
                                    .orElseThrow()
                                    .replace(KEY, "123456789012"))
                    .build();

            assertThat(refusal(at(NOW, Mode.ENFORCE), received(other))).isEqualTo("UnknownKey");
            var identity = at(NOW, Mode.PERMISSIVE)
                    .authenticate(received(other), new TestProtocol())
                    .identity();
            assertThat(identity.accountId()).isEqualTo("123456789012");
        }

        @Test
        void s3RefusesAmzHeadersThatAreNotSigned() {
            var sent = sign("s3", "http://localhost:4566/b/k", null).request();
            var more = sent.toBuilder().putHeader("x-amz-acl", "public-read").build();

            assertThat(refusal(at(NOW, Mode.ENFORCE), received(more))).isEqualTo("Unsigned");
        }

        @Test
        void whatCannotBeUnderstoodIsRefusedInBothModes() {
            for (var authorization : new String[] {
                "AWS4-HMAC-SHA256 Credential=a/b/c, SignedHeaders=host, Signature=0",
                "AWS4-HMAC-SHA256 SignedHeaders=host, Signature=0",
                "AWS4-HMAC-SHA256 Credential=k/20260102/r/s3/aws4_request, Signature=0",
                "AWS4-HMAC-SHA256",
                "AWS4-HMAC-SHA256 Credential=k/20260103/r/s3/aws4_request, SignedHeaders=host, Signature=0"
            }) {
                var request = new Request(
                        "GET",
                        "/",
                        "",
                        Headers.of("Authorization", authorization, "X-Amz-Date", "20260102T030405Z"),
                        RequestBody.of(BODY),
                        InetSocketAddress.createUnresolved("client", 1),
                        false);
                assertThat(refusal(at(NOW, Mode.PERMISSIVE), request))
                        .as(authorization)
                        .isEqualTo("Malformed");
            }
        }
    }

    @Nested
    class InTheQuery {
        private final SdkHttpRequest sent = sign(
                        "s3", "http://localhost:4566/b/a%20b%2Bc?response-content-type=x%2Fy", Duration.ofMinutes(5))
                .request();

        @Test
        void aPresignedUrlHoldsUntilItExpires() {
            var request = received(sent, new byte[0]);

            assertThat(refusal(at(NOW.plusSeconds(300), Mode.ENFORCE), request)).isEqualTo("none");
            assertThat(refusal(at(NOW.plusSeconds(301), Mode.ENFORCE), request)).isEqualTo("Expired");
            assertThat(refusal(at(NOW.plusSeconds(301), Mode.PERMISSIVE), request))
                    .isEqualTo("Expired");
        }

        @Test
        void aChangedParameterIsRefused() {
            var changed = sent.toBuilder()
                    .putRawQueryParameter("response-content-type", "text/html")
                    .build();

            assertThat(refusal(at(NOW, Mode.ENFORCE), received(changed, new byte[0])))
                    .isEqualTo("Mismatch");
        }

        @Test
        void aMissingParameterIsNamed() {
            var changed = sent.toBuilder().removeQueryParameter("X-Amz-Expires").build();

            assertThat(refusal(at(NOW, Mode.ENFORCE), received(changed, new byte[0])))
                    .isEqualTo("Malformed");
        }
    }

    @Test
    void unsignedRequestsAreAnonymousUnlessSignaturesAreEnforced() {
        var request = new Request(
                "GET",
                "/",
                "",
                Headers.empty(),
                RequestBody.of(BODY),
                InetSocketAddress.createUnresolved("client", 1),
                false);

        assertThat(refusal(at(NOW, Mode.ENFORCE), request)).isEqualTo("Missing");
        assertThat(at(NOW, Mode.PERMISSIVE)
                        .authenticate(request, new TestProtocol())
                        .identity()
                        .anonymous())
                .isTrue();
    }

    @Test
    void aBodyThatIsNotTheSignedOneThrowsAtItsEnd() {
        var request = new Request(
                "PUT",
                "/b/k",
                "",
                Headers.of("x-amz-content-sha256", "0".repeat(64)),
                RequestBody.of(BODY),
                InetSocketAddress.createUnresolved("client", 1),
                false);
        var payload = at(NOW, Mode.PERMISSIVE)
                .authenticate(request, new TestProtocol())
                .payload();

        assertThatThrownBy(() -> payload.stream().readAllBytes())
                .isInstanceOfSatisfying(
                        AwsException.class, e -> assertThat(e.code().code()).isEqualTo("PayloadHashMismatch"));
    }
}
