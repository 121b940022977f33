package dev.ruststack.emulator.logs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of a function's log.
 *
 * @param timestamp when the emulator read it, or what the client says who put it here
 * @param stream the log stream: one for each execution environment, such as {@code 2026/11/23/[$LATEST]0a1b…}
 * @param ingested when it came here
 * @param requestId the invocation that was under way; null during initialization
 */
public record LogLine(
        Instant timestamp, String stream, @Nullable String requestId, String message, Instant ingested) {
    /** A line that was read when it was written. */
    public LogLine(Instant timestamp, String stream, @Nullable String requestId, String message) {
        this(timestamp, stream, requestId, message, timestamp);
    }
}
