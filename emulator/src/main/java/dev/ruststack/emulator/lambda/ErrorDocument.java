package dev.ruststack.emulator.lambda;

import java.util.LinkedHashMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * The errors that Lambda itself tells the caller of, where the runtime could not. AWS: Lambda Developer Guide,
 * Troubleshoot invocation issues.
 *
 * @param type such as {@code Runtime.ExitError}
 */
record ErrorDocument(String type, String message) {
    private static final String TIMED_OUT = "Sandbox.Timedout";

    static ErrorDocument timedOut(String requestId, long timeoutMillis) {
        return of(TIMED_OUT, requestId, "Task timed out after " + Millis.seconds(timeoutMillis) + " seconds");
    }

    /** An exit of the runtime; {@code reason} is empty for status 0. */
    static ErrorDocument exited(String requestId, String reason) {
        return of(
                "Runtime.ExitError",
                requestId,
                reason.isEmpty()
                        ? "Runtime exited without providing a reason"
                        : "Runtime exited with error: " + reason);
    }

    static ErrorDocument of(String type, String requestId, String error) {
        return new ErrorDocument(type, "RequestId: " + requestId + " Error: " + error);
    }

    /** @param limit bytes */
    static byte[] tooLarge(long limit) {
        var document = new LinkedHashMap<String, String>();
        document.put(
                "errorMessage", "Response payload size exceeded maximum allowed payload size (" + limit + " bytes).");
        document.put("errorType", "Function.ResponseSizeTooLarge");
        return JsonMapper.shared().writeValueAsBytes(document);
    }

    byte[] json() {
        var document = new LinkedHashMap<String, String>();
        document.put("errorType", type);
        document.put("errorMessage", message);
        return JsonMapper.shared().writeValueAsBytes(document);
    }
}
