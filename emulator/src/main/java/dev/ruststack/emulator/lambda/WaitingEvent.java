package dev.ruststack.emulator.lambda;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An asynchronous event that waits to be tried again, as it is kept over a restart.
 *
 * @param functionArn that of the version which it is for
 * @param payload JSON
 * @param accepted milliseconds since 1970
 * @param due when it is tried again, in milliseconds since 1970
 */
@SuppressWarnings("ArrayRecordComponent") // Kept, never compared.
public record WaitingEvent(
        String functionArn,
        String requestId,
        byte[] payload,
        String invokedFunctionArn,
        @Nullable String clientContext,
        String traceId,
        long accepted,
        int failures,
        long due) {
    static WaitingEvent of(
            FunctionConfiguration function, Invocation invocation, Instant accepted, int failures, Instant due) {
        return new WaitingEvent(
                function.versionArn(),
                invocation.requestId(),
                invocation.payload(),
                invocation.invokedFunctionArn(),
                invocation.clientContext(),
                invocation.traceId(),
                accepted.toEpochMilli(),
                failures,
                due.toEpochMilli());
    }

    Invocation invocation() {
        return new Invocation(requestId, payload, invokedFunctionArn, clientContext, traceId);
    }
}
