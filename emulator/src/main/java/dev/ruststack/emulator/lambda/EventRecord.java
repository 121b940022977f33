package dev.ruststack.emulator.lambda;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

/**
 * What is told of an asynchronous invocation that is over. AWS: Lambda Developer Guide, Capturing records of Lambda
 * asynchronous invocations, the example invocation record.
 *
 * @param condition why it is over
 * @param attempts how often it was run
 * @param last how it ended the last time; null where it never ran
 */
record EventRecord(
        FunctionConfiguration function,
        Invocation invocation,
        Condition condition,
        int attempts,
        @Nullable Outcome last) {
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** Why an asynchronous invocation is over. */
    enum Condition {
        SUCCESS("Success"),
        RETRIES_EXHAUSTED("RetriesExhausted"),
        EVENT_AGE_EXCEEDED("EventAgeExceeded"),
        ZERO_RESERVED_CONCURRENCY("ZeroReservedConcurrency");

        private final String text;

        Condition(String text) {
            this.text = text;
        }
    }

    byte[] json(Instant now) {
        var document = new LinkedHashMap<String, Object>();
        document.put("version", "1.0");
        document.put("timestamp", TIMESTAMP.format(now));
        document.put("requestContext", requestContext());
        document.put("requestPayload", raw(invocation.payload()));
        if (last != null) {
            document.put("responseContext", responseContext(last));
            document.put("responsePayload", raw(last.payload()));
        }
        return JsonMapper.shared().writeValueAsBytes(document);
    }

    private Map<String, Object> requestContext() {
        var context = new LinkedHashMap<String, Object>();
        context.put("requestId", invocation.requestId());
        context.put("functionArn", qualifiedArn());
        context.put("condition", condition.text);
        context.put("approximateInvokeCount", attempts);
        return context;
    }

    private String qualifiedArn() {
        var invoked = invocation.invokedFunctionArn();
        return invoked.equals(function.arn()) ? invoked + ":" + FunctionName.LATEST : invoked;
    }

    private Map<String, Object> responseContext(Outcome outcome) {
        var context = new LinkedHashMap<String, Object>();
        context.put("statusCode", 200);
        context.put("executedVersion", function.version());
        if (outcome instanceof Outcome.Failed) {
            context.put("functionError", "Unhandled");
        }
        return context;
    }

    /** What a function got and gave is one JSON value, and stays as it was. */
    private static RawValue raw(byte[] json) {
        return new RawValue(new String(json, StandardCharsets.UTF_8));
    }

    /** What is said of an event that goes where dead letters go. AWS: the same guide, Adding a dead-letter queue. */
    Map<String, String> attributes() {
        var attributes = new LinkedHashMap<String, String>();
        attributes.put("RequestID", invocation.requestId());
        attributes.put("ErrorCode", last == null ? "429" : "200");
        attributes.put("ErrorMessage", errorMessage());
        return attributes;
    }

    private String errorMessage() {
        if (last == null) {
            return LambdaError.TOO_MANY_REQUESTS.message();
        }
        var message = JsonMapper.shared().readTree(last.payload()).path("errorMessage");
        var text = message.isString() ? message.asString() : condition.text;
        return text.substring(0, Math.min(text.length(), 1024));
    }
}
