package dev.ruststack.emulator.lambda.runtime;

import dev.ruststack.emulator.http.Reply;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;
import java.io.IOException;

/**
 * Takes the result of an invocation. A streamed one goes to the event's sink as it comes, or is taken whole where the
 * caller waits for all of it; an error in its trailers makes it a failure. AWS: Lambda Developer Guide, Invocation
 * response, and Building a custom runtime (response streaming).
 */
final class InvocationResponse implements Route {
    private static final String TRANSITION = "InvocationResponse";
    private static final String MODE = "Lambda-Runtime-Function-Response-Mode";
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
    public boolean take(RuntimeSession session, String requestId, Request request, Reply reply)
            throws IOException, RuntimeApiException {
        if (request.headers().first(MODE) != null) {
            return false;
        }
        session.requireRunning(requestId, TRANSITION);
        reply.send(whole(session, requestId, request));
        return true;
    }

    @Override
    public Response handle(RuntimeSession session, String requestId, Request request)
            throws IOException, InterruptedException, RuntimeApiException {
        var event = session.requireRunning(requestId, TRANSITION);
        var mode = request.headers().first(MODE);
        if (mode != null && !mode.equals("streaming")) {
            throw RuntimeApiException.invalidResponseMode();
        }
        if (mode != null && event.sink() != null) {
            return new StreamedAnswer(session, request, event.sink()).pass(requestId, TRANSITION);
        }
        return whole(session, requestId, request);
    }

    private static Response whole(RuntimeSession session, String requestId, Request request)
            throws IOException, RuntimeApiException {
        var body = Bodies.read(request);
        if (body == null) {
            session.answer(requestId, TRANSITION, new End.TooLarge(Bodies.MAX_PAYLOAD));
            throw RuntimeApiException.tooLarge(Bodies.MAX_PAYLOAD);
        }
        session.answer(requestId, TRANSITION, end(request, new End.Returned(body)));
        return Bodies.accepted();
    }

    /** The end of a response whose body is read: its trailers may tell of an error. */
    static End end(Request request, End otherwise) {
        var trailers = request.body().trailers();
        var errorType = trailers.first(ERROR_TYPE);
        if (errorType == null) {
            return otherwise;
        }
        var encoded = trailers.first("Lambda-Runtime-Function-Error-Body", "");
        return new End.Failed(errorType, java.util.Base64.getMimeDecoder().decode(encoded));
    }
}
