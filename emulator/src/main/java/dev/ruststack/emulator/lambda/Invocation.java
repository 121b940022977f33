package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.lambda.runtime.ResponseSink;
import org.jspecify.annotations.Nullable;

/**
 * One event on its way to a function.
 *
 * @param requestId the id that the caller, the function and the log see
 * @param payload the event, JSON
 * @param invokedFunctionArn the ARN as it was invoked: with the qualifier only where there was one
 * @param clientContext JSON, decoded from base64
 * @param traceId the X-Ray header for the function
 * @param sink takes the response where the function streams it; null where it is wanted whole
 */
public record Invocation(
        String requestId,
        byte[] payload,
        String invokedFunctionArn,
        @Nullable String clientContext,
        String traceId,
        @Nullable ResponseSink sink) {
    /** An event whose response is wanted whole. */
    public Invocation(
            String requestId,
            byte[] payload,
            String invokedFunctionArn,
            @Nullable String clientContext,
            String traceId) {
        this(requestId, payload, invokedFunctionArn, clientContext, traceId, null);
    }

    /** The same with another tracing header. */
    public Invocation traced(String newTraceId) {
        return new Invocation(requestId, payload, invokedFunctionArn, clientContext, newTraceId, sink);
    }

    Invocation streamingTo(ResponseSink newSink) {
        return new Invocation(requestId, payload, invokedFunctionArn, clientContext, traceId, newSink);
    }
}
