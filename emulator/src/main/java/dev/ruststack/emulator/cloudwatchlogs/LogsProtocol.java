package dev.ruststack.emulator.cloudwatchlogs;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ruststack.emulator.aws.AuthFailure;
import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.aws.Payload;
import dev.ruststack.emulator.aws.Protocol;
import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/** AWS JSON 1.1 as CloudWatch Logs speaks it. */
final class LogsProtocol implements Protocol {
    /** PutLogEvents takes 1 MB of events, counted without what JSON adds. */
    private static final int MAX_REQUEST = 8 * 1024 * 1024;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    @Override
    public String newRequestId() {
        return UUID.randomUUID().toString();
    }

    @Override
    public <T extends Record> T read(Payload payload, Class<T> shape) throws IOException {
        var body = payload.bytes(MAX_REQUEST, LogsError.REQUEST_TOO_LARGE.error());
        try {
            return MAPPER.readValue(body.length == 0 ? new byte[] {'{', '}'} : body, shape);
        } catch (UnrecognizedPropertyException e) {
            throw notImplemented("the member " + e.getPropertyName());
        } catch (JacksonException e) {
            throw LogsError.SERIALIZATION.error();
        }
    }

    @Override
    public Body write(Record output) {
        return Body.of(MAPPER.writeValueAsBytes(output));
    }

    @Override
    public String contentType() {
        return "application/x-amz-json-1.1";
    }

    @Override
    public void finish(Headers.Builder headers, String requestId) {
        headers.set("Content-Type", contentType()).set("x-amzn-RequestId", requestId);
    }

    Response answer(int status, Body body, String requestId) {
        var headers = Headers.builder();
        finish(headers, requestId);
        return new Response(status, headers.build(), body);
    }

    @Override
    public Response error(AwsException error, Request request, String requestId) {
        var document = new LinkedHashMap<String, String>();
        document.put("__type", error.code().code());
        document.put("message", error.text());
        document.putAll(error.details());
        return answer(error.code().status(), Body.of(MAPPER.writeValueAsBytes(document)), requestId);
    }

    @Override
    public AwsException authentication(AuthFailure failure) {
        return switch (failure) {
            case AuthFailure.Missing _ -> LogsError.MISSING_AUTHENTICATION_TOKEN.error();
            case AuthFailure.UnknownKey _ -> LogsError.UNRECOGNIZED_CLIENT.error();
            case AuthFailure.Malformed(var inQuery, var text) -> LogsError.INCOMPLETE_SIGNATURE.saying(text);
            case AuthFailure.UnsupportedMechanism(var mechanism) ->
                LogsError.INCOMPLETE_SIGNATURE.saying("The signing mechanism " + mechanism + " is not supported.");
            case AuthFailure.Skewed(var time, var now) ->
                LogsError.INVALID_SIGNATURE.saying(
                        "Signature expired: " + time + " is not within 15 minutes of " + now);
            case AuthFailure.Expired(var seconds, var expires, var now) ->
                LogsError.INVALID_SIGNATURE.saying("Signature expired: " + expires + " is now earlier than " + now);
            case AuthFailure.Mismatch _,
                    AuthFailure.Unsigned _,
                    AuthFailure.PayloadHashMismatch _,
                    AuthFailure.ChunkMismatch _ -> LogsError.INVALID_SIGNATURE.error();
            case AuthFailure.MalformedChunk(var text) -> LogsError.SERIALIZATION.saying(text);
            case AuthFailure.IncompleteBody _ -> LogsError.SERIALIZATION.error();
        };
    }

    @Override
    public AwsException badParameter(String wireName, String value, Class<?> due) {
        return LogsError.INVALID_PARAMETER.saying("The value " + value + " of " + wireName + " is not valid.");
    }

    @Override
    public AwsException notImplemented(String what) {
        return LogsError.NOT_IMPLEMENTED.saying("RustStack does not implement " + what + " of CloudWatch Logs.");
    }

    @Override
    public AwsException unknownOperation(Request request) {
        return LogsError.UNKNOWN_OPERATION.saying("Unknown operation: "
                + request.headers().first("X-Amz-Target", request.method() + " " + request.rawPath()));
    }

    @Override
    public AwsException internalError() {
        return LogsError.SERVICE_UNAVAILABLE.error();
    }
}
