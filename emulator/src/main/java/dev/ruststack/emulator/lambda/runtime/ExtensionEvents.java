package dev.ruststack.emulator.lambda.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What extensions are told. AWS: Lambda Developer Guide, Extensions API, Next. */
final class ExtensionEvents {
    private ExtensionEvents() {}

    static String invoke(Event event) {
        var document = new LinkedHashMap<String, Object>();
        document.put("eventType", Extensions.INVOKE);
        document.put("deadlineMs", event.deadline());
        document.put("requestId", event.requestId());
        document.put("invokedFunctionArn", event.invokedFunctionArn());
        document.put("tracing", Map.of("type", "X-Amzn-Trace-Id", "value", event.traceId()));
        return JsonMapper.shared().writeValueAsString(document);
    }

    static String shutdown(String reason, long deadlineMillis) {
        var document = new LinkedHashMap<String, Object>();
        document.put("eventType", Extensions.SHUTDOWN);
        document.put("shutdownReason", reason);
        document.put("deadlineMs", deadlineMillis);
        return JsonMapper.shared().writeValueAsString(document);
    }

    /** The document of an environment that an extension has ended. */
    static byte[] failure(String extension, String type) {
        var document = new LinkedHashMap<String, String>();
        document.put("errorType", type);
        document.put("errorMessage", "The extension " + extension + " has failed");
        return JsonMapper.shared().writeValueAsBytes(document);
    }
}
