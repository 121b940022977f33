package dev.ruststack.emulator.lambda.runtime;

import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;
import java.io.IOException;

/** Takes the error of an initialization. AWS: Lambda Developer Guide, Initialization error. */
final class InitError implements Route {
    @Override
    public String method() {
        return "POST";
    }

    @Override
    public String path() {
        return "/init/error";
    }

    @Override
    public Response handle(RuntimeSession session, String requestId, Request request)
            throws IOException, RuntimeApiException {
        var body = Bodies.read(request);
        if (body == null) {
            throw RuntimeApiException.tooLarge(Bodies.MAX_PAYLOAD);
        }
        session.failInit(new End.Failed(Bodies.errorType(request), body));
        return Bodies.accepted();
    }
}
