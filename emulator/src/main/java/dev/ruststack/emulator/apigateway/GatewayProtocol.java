package dev.ruststack.emulator.apigateway;

import dev.ruststack.emulator.aws.AuthFailure;
import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.aws.Payload;
import dev.ruststack.emulator.aws.Protocol;
import dev.ruststack.emulator.aws.wire.JsonDocuments;
import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** REST-JSON as API Gateway speaks it: errors are {@code {"message":…}} with the code in {@code x-amzn-ErrorType}. */
final class GatewayProtocol implements Protocol {
    @Override
    public String newRequestId() {
        return UUID.randomUUID().toString();
    }

    @Override
    public <T extends Record> T read(Payload payload, Class<T> shape) {
        throw new IllegalStateException("operations read their documents themselves");
    }

    @Override
    public Body write(Record output) {
        return Body.of(JsonDocuments.write(output));
    }

    @Override
    public String contentType() {
        return "application/json";
    }

    @Override
    public void finish(Headers.Builder headers, String requestId) {
        headers.set("x-amzn-RequestId", requestId);
    }

    @Override
    public Response error(AwsException error, Request request, String requestId) {
        var headers = Headers.builder()
                .set("Content-Type", contentType())
                .set("x-amzn-ErrorType", error.code().code());
        finish(headers, requestId);
        var body = JsonMapper.shared().createObjectNode().put("message", error.text());
        return new Response(error.code().status(), headers.build(), Body.of(body.toString()));
    }

    @Override
    public AwsException authentication(AuthFailure failure) {
        return switch (failure) {
            case AuthFailure.Malformed malformed -> GatewayError.INCOMPLETE_SIGNATURE.saying(malformed.text());
            case AuthFailure.UnsupportedMechanism unsupported -> GatewayError.INCOMPLETE_SIGNATURE.error();
            case AuthFailure.Missing missing -> GatewayError.MISSING_AUTHENTICATION_TOKEN.error();
            case AuthFailure.UnknownKey unknown -> GatewayError.UNRECOGNIZED_CLIENT.error();
            case AuthFailure.Skewed(var time, var now) ->
                GatewayError.INVALID_SIGNATURE.saying(
                        "Signature expired: " + time + " is not within 15 minutes of " + now);
            case AuthFailure.Expired(var seconds, var expires, var now) ->
                GatewayError.INVALID_SIGNATURE.saying("Signature expired: " + expires + " is now earlier than " + now);
            case AuthFailure.MalformedChunk(var text) -> GatewayError.BAD_REQUEST.saying(text);
            case AuthFailure.IncompleteBody incomplete -> GatewayError.BAD_REQUEST.saying("The body is not complete");
            case AuthFailure.Mismatch mismatch -> GatewayError.INVALID_SIGNATURE.error();
            case AuthFailure.Unsigned unsigned -> GatewayError.INVALID_SIGNATURE.error();
            case AuthFailure.PayloadHashMismatch mismatch -> GatewayError.INVALID_SIGNATURE.error();
            case AuthFailure.ChunkMismatch mismatch -> GatewayError.INVALID_SIGNATURE.error();
        };
    }

    @Override
    public AwsException badParameter(String wireName, String value, Class<?> due) {
        return GatewayError.BAD_REQUEST.saying("Invalid value for " + wireName + ": " + value);
    }

    @Override
    public AwsException notImplemented(String what) {
        return GatewayError.NOT_IMPLEMENTED.saying(what + " is not implemented yet.");
    }

    @Override
    public AwsException unknownOperation(Request request) {
        return GatewayError.UNKNOWN_OPERATION.saying(
                "Unknown operation: " + request.method() + " " + request.rawPath());
    }

    @Override
    public AwsException internalError() {
        return GatewayError.INTERNAL.error();
    }
}
