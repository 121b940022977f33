package dev.ruststack.emulator.iam;

import dev.ruststack.emulator.aws.AuthFailure;
import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.aws.Payload;
import dev.ruststack.emulator.aws.Protocol;
import dev.ruststack.emulator.aws.wire.XmlName;
import dev.ruststack.emulator.aws.wire.XmlWriter;
import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;
import java.util.UUID;

/** The AWS Query protocol: a form in, XML out. */
final class IamProtocol implements Protocol {
    private static final String NAMESPACE = "https://iam.amazonaws.com/doc/2010-05-08/";

    /** What stands at the root of an error. */
    @XmlName("ErrorResponse")
    private record ErrorResponse(Detail error, String requestId) {}

    private record Detail(String type, String code, String message) {}

    @Override
    public String newRequestId() {
        return UUID.randomUUID().toString();
    }

    @Override
    public <T extends Record> T read(Payload payload, Class<T> shape) {
        throw IamError.MALFORMED_QUERY_STRING.error();
    }

    @Override
    public Body write(Record output) {
        return Body.of(XmlWriter.write(output, NAMESPACE));
    }

    @Override
    public String contentType() {
        return "text/xml";
    }

    @Override
    public void finish(Headers.Builder headers, String requestId) {
        headers.set("x-amzn-RequestId", requestId);
    }

    /** An answer with this document. */
    Response answer(int status, String contentType, Body document, String requestId) {
        var headers = Headers.builder().add("Content-Type", contentType);
        finish(headers, requestId);
        return new Response(status, headers.build(), document);
    }

    @Override
    public Response error(AwsException error, Request request, String requestId) {
        var type = error.code().status() < 500 ? "Sender" : "Receiver";
        var document = new ErrorResponse(new Detail(type, error.code().code(), error.text()), requestId);
        var answer = answer(error.code().status(), contentType(), write(document), requestId);
        var headers = answer.headers().toBuilder();
        error.headers().forEach(headers::set);
        return new Response(answer.status(), headers.build(), answer.body());
    }

    @Override
    public AwsException authentication(AuthFailure failure) {
        return switch (failure) {
            case AuthFailure.Malformed malformed -> IamError.INCOMPLETE_SIGNATURE.saying(malformed.text());
            case AuthFailure.Missing() -> IamError.MISSING_AUTHENTICATION_TOKEN.error();
            case AuthFailure.UnknownKey unknown -> IamError.INVALID_CLIENT_TOKEN_ID.error();
            case AuthFailure.Mismatch mismatch -> IamError.SIGNATURE_DOES_NOT_MATCH.error();
            case AuthFailure.Skewed skewed ->
                IamError.SIGNATURE_DOES_NOT_MATCH.saying("Signature expired or not yet current: " + skewed.requestTime()
                        + " is more than 15 minutes away from " + skewed.serverTime() + ".");
            case AuthFailure.Expired expired ->
                IamError.SIGNATURE_DOES_NOT_MATCH.saying("Signature expired: " + expired.expires()
                        + " is now earlier than " + expired.serverTime() + ".");
            case AuthFailure.Unsigned unsigned ->
                IamError.SIGNATURE_DOES_NOT_MATCH.saying(
                        "Headers that must be signed are not: " + String.join(", ", unsigned.headers()) + ".");
            case AuthFailure.PayloadHashMismatch mismatch -> IamError.SIGNATURE_DOES_NOT_MATCH.error();
            case AuthFailure.ChunkMismatch mismatch -> IamError.SIGNATURE_DOES_NOT_MATCH.error();
            case AuthFailure.MalformedChunk malformed -> IamError.MALFORMED_QUERY_STRING.saying(malformed.text());
            case AuthFailure.IncompleteBody incomplete ->
                IamError.MALFORMED_QUERY_STRING.saying("The body has " + incomplete.received()
                        + " bytes in place of the " + incomplete.announced() + " that were announced.");
            case AuthFailure.UnsupportedMechanism unsupported ->
                IamError.INCOMPLETE_SIGNATURE.saying(
                        unsupported.mechanism() + " is not supported; use AWS4-HMAC-SHA256.");
        };
    }

    @Override
    public AwsException badParameter(String wireName, String value, Class<?> due) {
        return IamError.VALIDATION_ERROR.saying(
                "The value " + value + " of the parameter " + wireName + " is not valid.");
    }

    @Override
    public AwsException notImplemented(String what) {
        return IamError.NOT_IMPLEMENTED.saying("RustStack does not implement " + what + " of IAM.");
    }

    @Override
    public AwsException unknownOperation(Request request) {
        return IamError.INVALID_ACTION.error();
    }

    @Override
    public AwsException internalError() {
        return IamError.INTERNAL_FAILURE.error();
    }
}
