package dev.ruststack.emulator.lambda.runtime;

import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;
import java.io.IOException;

/** Takes the error of an invocation. AWS: Lambda Developer Guide, Invocation error. */
final class InvocationError implements Route {
    private static final String TRANSITION = "InvocationErrorResponse";

    @Override
    public String method() {
        return "POST";
    }

    @Override
    public String path() {
        return "/invocation/*/error";
    }

    @Override
    public Response handle(RuntimeSession session, String requestId, Request request)
            throws IOException, RuntimeApiException {
        session.requireRunning(requestId, TRANSITION);
        var body = Bodies.read(request);
        if (body == null) {
            session.answer(requestId, TRANSITION, new End.TooLarge(Bodies.MAX_PAYLOAD));
            throw RuntimeApiException.tooLarge(Bodies.MAX_PAYLOAD);
        }
        session.answer(requestId, TRANSITION, new End.Failed(Bodies.errorType(request), body));
        return Bodies.accepted();
    }
}
