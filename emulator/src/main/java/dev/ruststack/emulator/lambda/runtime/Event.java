package dev.ruststack.emulator.lambda.runtime;

import org.jspecify.annotations.Nullable;

/**
 * One event as a runtime takes it.
 *
 * @param payload JSON
 * @param clientContext JSON
 * @param deadline when the function times out, in milliseconds since the epoch
 * @param sink takes a response that the runtime streams; null where it is wanted whole
 */
@SuppressWarnings("ArrayRecordComponent") // Passed on, never compared.
public record Event(
        String requestId,
        byte[] payload,
        String invokedFunctionArn,
        @Nullable String clientContext,
        String traceId,
        long deadline,
        @Nullable ResponseSink sink) {}
