package dev.ruststack.emulator.cloudwatchlogs.operations;

import dev.ruststack.emulator.aws.Identity;
import dev.ruststack.emulator.cloudwatchlogs.LogGroups;
import dev.ruststack.emulator.cloudwatchlogs.LogsError;
import dev.ruststack.emulator.cloudwatchlogs.LogsOperation;
import dev.ruststack.emulator.logs.LogLine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds lines to a stream. AWS: Amazon CloudWatch Logs API Reference, PutLogEvents. */
public final class PutLogEvents implements LogsOperation<PutLogEvents.Input, PutLogEvents.Output> {
    private final LogGroups groups;

    public PutLogEvents(LogGroups groups) {
        this.groups = groups;
    }

    /** AWS takes any, and gives one for clients that still ask for it. */
    static final String SEQUENCE_TOKEN = "49590302600000000000000000000000000000000000000000000002";

    private static final int MAX_EVENTS = 10_000;
    private static final int MAX_BYTES = 1_048_576;
    private static final int EVENT_COST = 26;
    private static final Duration OLDEST = Duration.ofDays(14);
    private static final Duration NEWEST = Duration.ofHours(2);

    record Input(
            @Nullable String logGroupName,
            @Nullable String logStreamName,
            @Nullable List<InputEvent> logEvents,
            @Nullable String sequenceToken) {}

    record InputEvent(long timestamp, @Nullable String message) {
        int bytes() {
            return (message == null ? "" : message).getBytes(StandardCharsets.UTF_8).length + EVENT_COST;
        }
    }

    record Output(String nextSequenceToken, @Nullable Rejected rejectedLogEventsInfo) {}

    record Rejected(
            @Nullable Integer tooNewLogEventStartIndex,
            @Nullable Integer tooOldLogEventEndIndex) {}

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Output handle(Input input, Identity caller) {
        var group = groups.require(Required.member("logGroupName", input.logGroupName()), null, caller);
        var stream = Required.member("logStreamName", input.logStreamName());
        group.requireStream(stream);
        var events = Required.member("logEvents", input.logEvents());
        check(events);
        var now = groups.clock().instant();
        Integer tooNew = null;
        Integer tooOld = null;
        for (int i = 0; i < events.size(); i++) {
            var event = events.get(i);
            var time = Instant.ofEpochMilli(event.timestamp());
            if (time.isBefore(now.minus(OLDEST))) {
                tooOld = i + 1;
            } else if (time.isAfter(now.plus(NEWEST))) {
                tooNew = tooNew == null ? i : tooNew;
            } else {
                var message = Required.member("message", event.message());
                group.append(new LogLine(time, stream, null, message, now));
            }
        }
        var rejected = tooNew == null && tooOld == null ? null : new Rejected(tooNew, tooOld);
        return new Output(SEQUENCE_TOKEN, rejected);
    }

    private static void check(List<InputEvent> events) {
        if (events.isEmpty() || events.size() > MAX_EVENTS) {
            throw LogsError.INVALID_PARAMETER.saying(
                    "1 validation error detected: Value at 'logEvents' failed to satisfy"
                            + " constraint: Member must have length between 1 and " + MAX_EVENTS);
        }
        if (events.stream().mapToLong(InputEvent::bytes).sum() > MAX_BYTES) {
            throw LogsError.INVALID_PARAMETER.saying("Upload too large: " + MAX_BYTES + " bytes at most");
        }
        for (int i = 1; i < events.size(); i++) {
            if (events.get(i).timestamp() < events.get(i - 1).timestamp()) {
                throw LogsError.INVALID_PARAMETER.saying(
                        "Log events in a single PutLogEvents request must be in chronological order.");
            }
        }
    }
}
