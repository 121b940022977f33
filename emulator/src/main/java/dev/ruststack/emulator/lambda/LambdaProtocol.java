package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.aws.AuthFailure;
import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.aws.Payload;
import dev.ruststack.emulator.aws.Protocol;
import dev.ruststack.emulator.aws.wire.JsonDocuments;
import dev.ruststack.emulator.aws.wire.MalformedDocumentException;
import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;
import java.io.IOException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/**
 * REST-JSON as Lambda speaks it. Errors are {@code {"Type":"User","Message":…}} with the code in
 * {@code x-amzn-ErrorType}; most spell {@code message} small, and those that the front of AWS answers before Lambda
 * sees the request have no Type. AWS: Lambda API Reference, Common Errors; the error shapes of the service model.
 */
public final class LambdaProtocol implements Protocol {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    /** The errors whose shape has {@code Message}; all others have {@code message}. */
    private static final Set<LambdaError> CAPITAL_MESSAGE = EnumSet.of(
            LambdaError.RESOURCE_NOT_FOUND,
            LambdaError.INVALID_RUNTIME,
            LambdaError.ACCESS_DENIED,
            LambdaError.SERVICE);

    /** The errors that do not come from Lambda itself but from what stands before it. */
    private static final Set<LambdaError> WITHOUT_TYPE = EnumSet.of(
            LambdaError.VALIDATION,
            LambdaError.ACCESS_DENIED,
            LambdaError.INVALID_SIGNATURE,
            LambdaError.UNRECOGNIZED_CLIENT,
            LambdaError.MISSING_AUTHENTICATION_TOKEN,
            LambdaError.INCOMPLETE_SIGNATURE,
            LambdaError.UNKNOWN_OPERATION);

    @Override
    public String newRequestId() {
        return UUID.randomUUID().toString();
    }

    @Override
    public <T extends Record> T read(Payload payload, Class<T> shape) throws IOException {
        var operation = operation(shape);
        try {
            return JsonDocuments.read(RequestLimit.of(operation).guard(payload), shape);
        } catch (MalformedDocumentException e) {
            rethrowCause(e);
            throw LambdaError.INVALID_REQUEST_CONTENT.saying(
                    "Could not parse request body into json: " + e.getMessage());
        } catch (JsonDocuments.UnknownMemberException e) {
            throw notImplemented(operation + " with " + e.member());
        }
    }

    /** The operation whose input a shape is: the class around the record. */
    private static String operation(Class<?> shape) {
        var around = shape.getEnclosingClass();
        return (around == null ? shape : around).getSimpleName();
    }

    /** An error of the body's stream (cut off, too long, wrong signature) is not one of the JSON in it. */
    private static void rethrowCause(Throwable malformed) throws IOException {
        for (var cause = malformed.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof AwsException refused) {
                throw refused;
            }
            if (cause instanceof IOException broken) {
                throw broken;
            }
        }
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
        var members = new LinkedHashMap<String, String>(error.details());
        var code = error.code();
        if (!(code instanceof LambdaError known && WITHOUT_TYPE.contains(known))) {
            members.put("Type", code.status() >= 500 ? "Service" : "User");
        }
        boolean capital = code instanceof LambdaError known && CAPITAL_MESSAGE.contains(known);
        members.put(capital ? "Message" : "message", error.text());
        var headers = Headers.builder().set("Content-Type", contentType()).set("x-amzn-ErrorType", code.code());
        finish(headers, requestId);
        for (Map.Entry<String, String> header : error.headers().entrySet()) {
            headers.set(header.getKey(), header.getValue());
        }
        return new Response(code.status(), headers.build(), Body.of(MAPPER.writeValueAsBytes(members)));
    }

    @Override
    public AwsException authentication(AuthFailure failure) {
        return switch (failure) {
            case AuthFailure.Malformed(var inQuery, var text) -> LambdaError.INCOMPLETE_SIGNATURE.saying(text);
            case AuthFailure.UnsupportedMechanism(var mechanism) ->
                LambdaError.INCOMPLETE_SIGNATURE.saying("The signing mechanism " + mechanism + " is not supported.");
            case AuthFailure.Missing() -> LambdaError.MISSING_AUTHENTICATION_TOKEN.error();
            case AuthFailure.UnknownKey(var key) -> LambdaError.UNRECOGNIZED_CLIENT.error();
            case AuthFailure.Mismatch mismatch -> signatureMismatch(mismatch);
            case AuthFailure.Skewed(var time, var now) ->
                LambdaError.INVALID_SIGNATURE.saying(
                        "Signature expired: " + time + " is not within 15 minutes of " + now);
            case AuthFailure.Expired(var seconds, var expires, var now) ->
                LambdaError.INVALID_SIGNATURE.saying("Signature expired: " + expires + " is now earlier than " + now);
            case AuthFailure.Unsigned(var names) ->
                LambdaError.INVALID_SIGNATURE.saying(
                        "'" + String.join("', '", names) + "' must be a 'SignedHeader' in the AWS Authorization.");
            case AuthFailure.PayloadHashMismatch hash -> LambdaError.INVALID_SIGNATURE.error();
            case AuthFailure.ChunkMismatch chunk -> LambdaError.INVALID_SIGNATURE.error();
            case AuthFailure.MalformedChunk(var text) -> LambdaError.INVALID_REQUEST_CONTENT.saying(text);
            case AuthFailure.IncompleteBody(var announced, var received) ->
                LambdaError.INVALID_REQUEST_CONTENT.saying(
                        "The request body has " + received + " bytes of the " + announced + " that were announced.");
        };
    }

    /** AWS shows what it has signed, which is what one needs to find the difference. */
    private static AwsException signatureMismatch(AuthFailure.Mismatch mismatch) {
        return LambdaError.INVALID_SIGNATURE.saying(LambdaError.INVALID_SIGNATURE.message()
                + "\n\nThe Canonical String for this request should have been\n'" + mismatch.canonicalRequest()
                + "'\n\nThe String-to-Sign should have been\n'" + mismatch.stringToSign() + "'\n");
    }

    @Override
    public AwsException badParameter(String wireName, String value, Class<?> due) {
        if (wireName.equalsIgnoreCase("Content-Length")) {
            // A body that is longer than any operation takes, refused before there is an operation.
            return LambdaError.REQUEST_ENTITY_TOO_LARGE.error();
        }
        return LambdaError.VALIDATION.saying("1 validation error detected: Value '" + value + "' at '"
                + Constraints.memberName(wireName) + "' failed to satisfy constraint: Member must be of type "
                + due.getSimpleName());
    }

    @Override
    public AwsException notImplemented(String what) {
        return LambdaError.NOT_IMPLEMENTED.saying(what + " is not implemented yet.");
    }

    @Override
    public AwsException unknownOperation(Request request) {
        return LambdaError.UNKNOWN_OPERATION.saying("Unknown operation: " + request.method() + " " + request.rawPath());
    }

    @Override
    public AwsException internalError() {
        return LambdaError.SERVICE.error();
    }
}
