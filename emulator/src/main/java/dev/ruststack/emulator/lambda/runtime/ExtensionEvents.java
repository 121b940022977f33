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

    /** The error of an environment that an extension has ended. */
    static End.Failed failure(String type, String requestId, String cause) {
        var document = new LinkedHashMap<String, String>();
        document.put("errorType", type);
        document.put("errorMessage", "RequestId: " + requestId + " Error: " + cause);
        return new End.Failed(type, JsonMapper.shared().writeValueAsBytes(document));
    }

    /** The line that the function's log has of an extension. */
    static String line(Extensions.View view) {
        return "EXTENSION\tName: " + view.name() + "\tState: " + view.state() + "\tEvents: ["
                + String.join(",", view.events()) + "]" + (view.error() == null ? "" : "\tError Type: " + view.error());
    }

    /** The record of {@code platform.extension}. */
    static Map<String, Object> record(Extensions.View view) {
        var record = new LinkedHashMap<String, Object>();
        record.put("name", view.name());
        record.put("state", view.state());
        record.put("events", view.events());
        if (view.error() != null) {
            record.put("errorType", view.error());
        }
        return record;
    }
}
