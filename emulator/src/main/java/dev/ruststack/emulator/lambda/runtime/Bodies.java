package dev.ruststack.emulator.lambda.runtime;

import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;
import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What the routes of the Runtime API have in common: the limit of what they take, and what they answer. */
final class Bodies {
    /** 6 MB and 100 bytes. AWS: Lambda Developer Guide, Lambda quotas; the message of ResponseSizeTooLarge. */
    static final int MAX_PAYLOAD = 6 * 1024 * 1024 + 100;

    private Bodies() {}

    /** The whole body, or null where it is larger than Lambda allows. */
    static byte @Nullable [] read(Request request) throws IOException, RuntimeApiException {
        if (request.body().length() > MAX_PAYLOAD) {
            return null;
        }
        try {
            var body = request.body().stream().readNBytes(MAX_PAYLOAD + 1);
            return body.length > MAX_PAYLOAD ? null : body;
        } catch (EOFException e) {
            throw RuntimeApiException.truncated();
        }
    }

    static Response accepted() {
        return Response.of(202, "application/json", Body.of("{\"status\":\"OK\"}\n"));
    }

    /** The error's type from its header; empty where there is none. */
    static String errorType(Request request) {
        return request.headers().first("Lambda-Runtime-Function-Error-Type", "");
    }
}
