package dev.ruststack.emulator.aws;

import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;
import java.io.IOException;

/** How one service speaks: its documents, its errors, its request ids. One object for each service. */
public interface Protocol {
    /** A new request id in the service's form. */
    String newRequestId();

    /** Reads the body of a call as a document of this shape. */
    <T extends Record> T read(Payload payload, Class<T> shape) throws IOException;

    /** Writes those components of {@code output} that no annotation binds elsewhere as the service's document. */
    Body write(Record output);

    /** The content type of documents. */
    String contentType();

    /** Adds what every answer of the service carries, such as the request id. */
    void finish(Headers.Builder headers, String requestId);

    /** Renders an error: status, headers, body. */
    Response error(AwsException error, Request request, String requestId);

    /** The service's own error for a signature that does not hold. */
    AwsException authentication(AuthFailure failure);

    /** The service's own error for a parameter that cannot be read: its name on the wire, its value, the type due. */
    AwsException badParameter(String wireName, String value, Class<?> due);

    /** The service's own error for an operation or feature that AWS has and RustStack has not. */
    AwsException notImplemented(String what);

    /** The service's own error for a path that AWS does not know either. */
    AwsException unknownOperation(Request request);

    /** The service's own error for a fault of ours. */
    AwsException internalError();
}
