package dev.ruststack.emulator.lambda.runtime;

import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.Response;
import java.io.Serial;
import java.util.LinkedHashMap;
import tools.jackson.databind.json.JsonMapper;

/** A request of a runtime that is refused. AWS: Lambda Developer Guide, Using the Lambda runtime API. */
final class RuntimeApiException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final int status;
    private final String type;
    private final String text;

    private RuntimeApiException(int status, String type, String text) {
        super(text);
        this.status = status;
        this.type = type;
        this.text = text;
    }

    static RuntimeApiException invalidRequestId() {
        return new RuntimeApiException(400, "InvalidRequestID", "Invalid request ID");
    }

    static RuntimeApiException invalidTransition(RuntimeState from, String to) {
        return new RuntimeApiException(
                403,
                "InvalidStateTransition",
                "State transition from %s to %s failed for runtime. Error: State transition is not allowed"
                        .formatted(from.title(), to));
    }

    static RuntimeApiException invalidResponseMode() {
        return new RuntimeApiException(400, "InvalidFunctionResponseMode", "Invalid function response mode");
    }

    static RuntimeApiException truncated() {
        return new RuntimeApiException(400, "TruncatedHTTPRequest", "HTTP request detected as truncated");
    }

    static RuntimeApiException tooLarge(long limit) {
        return new RuntimeApiException(
                413, "RequestEntityTooLarge", "Exceeded maximum allowed payload size (" + limit + " bytes).");
    }

    /** A request of an extension that is refused. */
    static RuntimeApiException extension(int status, String type, String text) {
        return new RuntimeApiException(status, type, text);
    }

    static RuntimeApiException unknownRoute(String method, String path) {
        return new RuntimeApiException(404, "NotFound", "The Runtime API has no " + method + " " + path);
    }

    Response response() {
        var document = new LinkedHashMap<String, String>();
        document.put("errorMessage", text);
        document.put("errorType", type);
        return Response.of(
                status, "application/json", Body.of(JsonMapper.shared().writeValueAsBytes(document)));
    }
}
