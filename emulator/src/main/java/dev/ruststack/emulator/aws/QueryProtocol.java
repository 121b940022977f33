package dev.ruststack.emulator.aws;

import dev.ruststack.emulator.aws.wire.XmlName;
import dev.ruststack.emulator.aws.wire.XmlWriter;
import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;
import java.util.UUID;

/** The AWS Query protocol: a form in, XML out. */
public final class QueryProtocol implements Protocol {
    private final String service;
    private final String namespace;
    private final ErrorCode badParameter;
    private final ErrorCode internal;

    /**
     * The protocol of one service.
     *
     * @param service its name in messages
     * @param namespace of its documents
     * @param badParameter its error for a parameter that cannot be read
     * @param internal its error for what is its own fault
     */
    public QueryProtocol(String service, String namespace, ErrorCode badParameter, ErrorCode internal) {
        this.service = service;
        this.namespace = namespace;
        this.badParameter = badParameter;
        this.internal = internal;
    }

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
        throw QueryError.MALFORMED_QUERY_STRING.error();
    }

    @Override
    public Body write(Record output) {
        return Body.of(XmlWriter.write(output, namespace));
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
    public Response answer(int status, String contentType, Body document, String requestId) {
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
            case AuthFailure.Malformed malformed -> QueryError.INCOMPLETE_SIGNATURE.saying(malformed.text());
            case AuthFailure.Missing() -> QueryError.MISSING_AUTHENTICATION_TOKEN.error();
            case AuthFailure.UnknownKey unknown -> QueryError.INVALID_CLIENT_TOKEN_ID.error();
            case AuthFailure.Mismatch mismatch -> QueryError.SIGNATURE_DOES_NOT_MATCH.error();
            case AuthFailure.Skewed skewed ->
                QueryError.SIGNATURE_DOES_NOT_MATCH.saying("Signature expired or not yet current: "
                        + skewed.requestTime() + " is more than 15 minutes away from " + skewed.serverTime() + ".");
            case AuthFailure.Expired expired ->
                QueryError.SIGNATURE_DOES_NOT_MATCH.saying("Signature expired: " + expired.expires()
                        + " is now earlier than " + expired.serverTime() + ".");
            case AuthFailure.Unsigned unsigned ->
                QueryError.SIGNATURE_DOES_NOT_MATCH.saying(
                        "Headers that must be signed are not: " + String.join(", ", unsigned.headers()) + ".");
            case AuthFailure.PayloadHashMismatch mismatch -> QueryError.SIGNATURE_DOES_NOT_MATCH.error();
            case AuthFailure.ChunkMismatch mismatch -> QueryError.SIGNATURE_DOES_NOT_MATCH.error();
            case AuthFailure.MalformedChunk malformed -> QueryError.MALFORMED_QUERY_STRING.saying(malformed.text());
            case AuthFailure.IncompleteBody incomplete ->
                QueryError.MALFORMED_QUERY_STRING.saying("The body has " + incomplete.received()
                        + " bytes in place of the " + incomplete.announced() + " that were announced.");
            case AuthFailure.UnsupportedMechanism unsupported ->
                QueryError.INCOMPLETE_SIGNATURE.saying(
                        unsupported.mechanism() + " is not supported; use AWS4-HMAC-SHA256.");
        };
    }

    @Override
    public AwsException badParameter(String wireName, String value, Class<?> due) {
        return badParameter.saying("The value " + value + " of the parameter " + wireName + " is not valid.");
    }

    @Override
    public AwsException notImplemented(String what) {
        return QueryError.NOT_IMPLEMENTED.saying("RustStack does not implement " + what + " of " + service + ".");
    }

    @Override
    public AwsException unknownOperation(Request request) {
        return QueryError.INVALID_ACTION.error();
    }

    @Override
    public AwsException internalError() {
        return internal.error();
    }
}
