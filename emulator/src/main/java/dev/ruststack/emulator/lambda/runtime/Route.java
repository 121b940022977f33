package dev.ruststack.emulator.lambda.runtime;

import dev.ruststack.emulator.http.Reply;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;
import java.io.IOException;

/** One route of the Runtime API. */
interface Route {
    String method();

    /** The path below {@code /2018-06-01/runtime}, with {@code *} in the place of a request id. */
    String path();

    /** What stands before the path. */
    default String root() {
        return "/2018-06-01/runtime";
    }

    /** Answers a request of a session's process; {@code requestId} is empty where the path has none. */
    Response handle(RuntimeSession session, String requestId, Request request)
            throws IOException, InterruptedException, RuntimeApiException;

    /**
     * Takes a request that has arrived whole, where that needs no waiting, as {@link
     * dev.ruststack.emulator.http.ExchangeHandler#take} asks: every invocation comes by here three times.
     */
    default boolean take(RuntimeSession session, String requestId, Request request, Reply reply)
            throws IOException, RuntimeApiException {
        return false;
    }
}
