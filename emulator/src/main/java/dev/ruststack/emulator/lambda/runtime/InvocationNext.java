package dev.ruststack.emulator.lambda.runtime;

import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.Reply;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;
import java.util.concurrent.ArrayBlockingQueue;

/** Waits for an event, for as long as it takes. AWS: Lambda Developer Guide, Next invocation. */
final class InvocationNext implements Route {
    @Override
    public String method() {
        return "GET";
    }

    @Override
    public String path() {
        return "/invocation/next";
    }

    @Override
    public Response handle(RuntimeSession session, String requestId, Request request)
            throws InterruptedException, RuntimeApiException {
        var answer = new ArrayBlockingQueue<Response>(1);
        take(session, requestId, request, answer::add);
        return answer.take();
    }

    @Override
    public boolean take(RuntimeSession session, String requestId, Request request, Reply reply)
            throws RuntimeApiException {
        session.next(new EventTaker() {
            @Override
            public boolean isThere() {
                return request.connection().isOpen();
            }

            @Override
            public void take(Event event) {
                reply.send(response(event));
            }

            @Override
            public void refuse(RuntimeApiException reason) {
                reply.send(reason.response());
            }
        });
        return true;
    }

    private static Response response(Event event) {
        var headers = Headers.builder()
                .add("Content-Type", "application/json")
                .add("Lambda-Runtime-Aws-Request-Id", event.requestId())
                .add("Lambda-Runtime-Deadline-Ms", Long.toString(event.deadline()))
                .add("Lambda-Runtime-Invoked-Function-Arn", event.invokedFunctionArn())
                .add("Lambda-Runtime-Trace-Id", event.traceId());
        if (event.clientContext() != null) {
            headers.add("Lambda-Runtime-Client-Context", onOneLine(event.clientContext()));
        }
        return new Response(200, headers.build(), Body.of(event.payload()));
    }

    /** JSON as a header can carry it: its line breaks stand between tokens. */
    private static String onOneLine(String json) {
        return json.replace('\r', ' ').replace('\n', ' ').replace('\t', ' ');
    }
}
