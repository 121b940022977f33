package dev.ruststack.emulator.lambda;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of events that nobody waits for. AWS: Lambda API Reference, FunctionEventInvokeConfig.
 *
 * @param maximumRetryAttempts 0 to 2; null for 2
 * @param maximumEventAgeInSeconds 60 to 21600; null for 21600
 * @param onSuccess the ARN of where the record of an event goes that succeeded; null for nowhere
 * @param onFailure the same, of one that did not
 */
public record EventInvokeConfig(
        @Nullable Integer maximumRetryAttempts,
        @Nullable Integer maximumEventAgeInSeconds,
        @Nullable String onSuccess,
        @Nullable String onFailure,
        Instant lastModified) {
    /** What holds where nothing is configured. */
    static final EventInvokeConfig DEFAULT = new EventInvokeConfig(null, null, null, null, Instant.EPOCH);
}
