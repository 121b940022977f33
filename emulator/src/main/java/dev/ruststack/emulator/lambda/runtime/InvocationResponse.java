package dev.ruststack.emulator.lambda.runtime;

import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;
import java.io.IOException;

/**
 * Takes the result of an invocation. A streamed one is taken whole before it is passed on; an error in its trailers
 * makes it a failure. AWS: Lambda Developer Guide, Invocation response, and Using a Lambda custom runtime (streaming).
 */
final class InvocationResponse implements Route {
    private static final String TRANSITION = "InvocationResponse";
    private static final String ERROR_TYPE = "Lambda-Runtime-Function-Error-Type";

    @Override
    public String method() {
        return "POST";
    }

    @Override
    public String path() {
        return "/invocation/*/response";
    }

    @Override
    public Response handle(RuntimeSession session, String requestId, Request request)
            throws IOException, RuntimeApiException {
        session.requireRunning(requestId, TRANSITION);
        var mode = request.headers().first("Lambda-Runtime-Function-Response-Mode");
        if (mode != null && !mode.equals("streaming")) {
            throw RuntimeApiException.invalidResponseMode();
        }
        var body = Bodies.read(request);
        if (body == null) {
            session.answer(requestId, TRANSITION, new End.TooLarge());
            throw RuntimeApiException.tooLarge(Bodies.MAX_PAYLOAD);
        }
        var errorType = request.body().trailers().first(ERROR_TYPE);
        var end = errorType == null ? new End.Returned(body) : streamFailure(errorType, request);
        session.answer(requestId, TRANSITION, end);
        return Bodies.accepted();
    }

    private static End streamFailure(String errorType, Request request) {
        var encoded = request.body().trailers().first("Lambda-Runtime-Function-Error-Body", "");
        return new End.Failed(errorType, java.util.Base64.getMimeDecoder().decode(encoded));
    }
}
