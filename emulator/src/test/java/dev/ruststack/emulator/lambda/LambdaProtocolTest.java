package dev.ruststack.emulator.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.aws.AuthFailure;
import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LambdaProtocolTest {
    private final LambdaProtocol protocol = new LambdaProtocol();

    @Test
    void errorCarriesItsCodeInTheHeader() {
        var response = render(LambdaError.RESOURCE_NOT_FOUND.saying("Function not found: x"));

        assertThat(response.status()).isEqualTo(404);
        assertThat(response.headers().first("x-amzn-ErrorType")).isEqualTo("ResourceNotFoundException");
        assertThat(response.headers().first("x-amzn-RequestId")).isEqualTo("id");
        assertThat(response.headers().first("Content-Type")).isEqualTo("application/json");
        assertThat(text(response)).isEqualTo("{\"Type\":\"User\",\"Message\":\"Function not found: x\"}");
    }

    @Test
    void mostErrorsSpellMessageSmall() {
        assertThat(text(render(LambdaError.INVALID_PARAMETER_VALUE.saying("no"))))
                .isEqualTo("{\"Type\":\"User\",\"message\":\"no\"}");
        assertThat(text(render(LambdaError.RESOURCE_CONFLICT.saying("no"))))
                .isEqualTo("{\"Type\":\"User\",\"message\":\"no\"}");
    }

    @Test
    void validationErrorHasNoType() {
        assertThat(text(render(LambdaError.VALIDATION.saying("no")))).isEqualTo("{\"message\":\"no\"}");
    }

    @Test
    void throttlingHasItsReasonFirst() {
        assertThat(text(render(LambdaError.TOO_MANY_REQUESTS.with(
                        "Reason", "ReservedFunctionConcurrentInvocationLimitExceeded"))))
                .isEqualTo("{\"Reason\":\"ReservedFunctionConcurrentInvocationLimitExceeded\",\"Type\":\"User\","
                        + "\"message\":\"Rate Exceeded.\"}");
    }

    @Test
    void ourOwnFaultIsTheServices() {
        var response = render(protocol.internalError());

        assertThat(response.status()).isEqualTo(500);
        assertThat(text(response)).startsWith("{\"Type\":\"Service\",\"Message\":");
    }

    @Test
    void signaturesThatDoNotHoldHaveLambdasErrors() {
        var now = Instant.parse("2026-11-23T10:00:00Z");

        assertThat(code(new AuthFailure.Missing())).isEqualTo("MissingAuthenticationTokenException");
        assertThat(code(new AuthFailure.UnknownKey("AKIA"))).isEqualTo("UnrecognizedClientException");
        assertThat(code(new AuthFailure.Mismatch("AKIA", "sig", "to sign", "canonical")))
                .isEqualTo("InvalidSignatureException");
        assertThat(code(new AuthFailure.Malformed(false, "bad"))).isEqualTo("IncompleteSignatureException");
        assertThat(code(new AuthFailure.Skewed("20261123T090000Z", now))).isEqualTo("InvalidSignatureException");
        assertThat(code(new AuthFailure.Expired(60, now, now))).isEqualTo("InvalidSignatureException");
        assertThat(code(new AuthFailure.Unsigned(List.of("host")))).isEqualTo("InvalidSignatureException");
        assertThat(render(protocol.authentication(new AuthFailure.Missing())).status())
                .isEqualTo(403);
    }

    @Test
    void memberThatRustStackDoesNotKnowIsRefusedByName() {
        assertThatThrownBy(() -> read("{\"Name\":\"a\",\"DurableConfig\":{}}"))
                .isInstanceOfSatisfying(
                        AwsException.class, e -> assertThat(e.code()).isEqualTo(LambdaError.NOT_IMPLEMENTED))
                .hasMessage("TestOperation with DurableConfig is not implemented yet.");
    }

    @Test
    void bodyThatIsNotJsonIsInvalidRequestContent() {
        assertThatThrownBy(() -> read("{\"Name\":"))
                .isInstanceOfSatisfying(
                        AwsException.class, e -> assertThat(e.code()).isEqualTo(LambdaError.INVALID_REQUEST_CONTENT))
                .hasMessageStartingWith("Could not parse request body into json: ");
    }

    @Test
    void bodyBeyondTheLimitIsRefusedWhileItIsRead() {
        assertThatThrownBy(() -> read("{\"Name\":\"" + "x".repeat(1_100_000) + "\"}"))
                .isInstanceOfSatisfying(
                        AwsException.class, e -> assertThat(e.code()).isEqualTo(LambdaError.REQUEST_ENTITY_TOO_LARGE))
                .hasMessage("Request must be smaller than 1048576 bytes for the TestOperation operation");
    }

    private static final class TestOperation {
        record Input(@Nullable String name) {}
    }

    private void read(String json) throws java.io.IOException {
        var payload = TestCalls.payload(json.getBytes(StandardCharsets.UTF_8));
        var unannounced = new dev.ruststack.emulator.aws.Payload() {
            @Override
            public long length() {
                return -1;
            }

            @Override
            public java.io.InputStream stream() {
                return payload.stream();
            }

            @Override
            public java.util.Map<String, String> trailers() {
                return java.util.Map.of();
            }
        };
        protocol.read(unannounced, TestOperation.Input.class);
    }

    private String code(AuthFailure failure) {
        return protocol.authentication(failure).code().code();
    }

    private Response render(AwsException error) {
        return protocol.error(error, TestCalls.request(), "id");
    }

    private static String text(Response response) {
        var body = (Body.Bytes) response.body();
        return new String(body.array(), body.offset(), body.size(), StandardCharsets.UTF_8);
    }
}
