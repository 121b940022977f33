package dev.ruststack.emulator.cloudwatchlogs.operations;

import dev.ruststack.emulator.aws.Identity;
import dev.ruststack.emulator.cloudwatchlogs.FilterPattern;
import dev.ruststack.emulator.cloudwatchlogs.LogGroup;
import dev.ruststack.emulator.cloudwatchlogs.LogGroups;
import dev.ruststack.emulator.cloudwatchlogs.LogsError;
import dev.ruststack.emulator.cloudwatchlogs.LogsOperation;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines of a group that match a pattern, of all its streams or some. AWS: Amazon CloudWatch Logs API Reference, FilterLogEvents. */
public final class FilterLogEvents implements LogsOperation<FilterLogEvents.Input, FilterLogEvents.Output> {
    private final LogGroups groups;

    public FilterLogEvents(LogGroups groups) {
        this.groups = groups;
    }

    private static final int MAX = 10_000;
    private static final int MAX_STREAMS = 100;

    record Input(
            @Nullable String logGroupName,
            @Nullable String logGroupIdentifier,
            @Nullable List<String> logStreamNames,
            @Nullable String logStreamNamePrefix,
            @Nullable Long startTime,
            @Nullable Long endTime,
            @Nullable String filterPattern,
            @Nullable String nextToken,
            @Nullable Integer limit,
            @Nullable Boolean interleaved,
            @Nullable Boolean unmask) {
        boolean wants(LogGroup.Event event) {
            var line = event.line();
            long time = line.timestamp().toEpochMilli();
            return (logStreamNames == null || logStreamNames.contains(line.stream()))
                    && (logStreamNamePrefix == null || line.stream().startsWith(logStreamNamePrefix))
                    && (startTime == null || time >= startTime)
                    && (endTime == null || time <= endTime);
        }
    }

    record Output(
            List<OutputEvent> events,
            List<String> searchedLogStreams,
            @Nullable String nextToken) {}

    record OutputEvent(String logStreamName, long timestamp, String message, long ingestionTime, String eventId) {
        static OutputEvent of(LogGroup.Event event) {
            var line = event.line();
            return new OutputEvent(
                    line.stream(),
                    line.timestamp().toEpochMilli(),
                    line.message(),
                    line.ingested().toEpochMilli(),
                    event.id());
        }
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Output handle(Input input, Identity caller) {
        var group = groups.require(input.logGroupName(), input.logGroupIdentifier(), caller);
        check(input);
        var pattern = FilterPattern.parse(input.filterPattern() == null ? "" : input.filterPattern());
        int limit = Required.limit(input.limit(), MAX);
        var after = input.nextToken();
        var matching = group.events().stream()
                .filter(input::wants)
                .filter(event -> pattern.matches(event.line().message()))
                .sorted(Comparator.comparing(LogGroup.Event::id))
                .filter(event -> after == null || event.id().compareTo(after) > 0)
                .limit(limit + 1L)
                .toList();
        var events = matching.stream().limit(limit).map(OutputEvent::of).toList();
        return new Output(
                events, List.of(), matching.size() > limit ? events.getLast().eventId() : null);
    }

    private static void check(Input input) {
        var names = input.logStreamNames();
        if (names != null && input.logStreamNamePrefix() != null) {
            throw LogsError.INVALID_PARAMETER.saying(
                    "logStreamNamePrefix and logStreamNames cannot be specified at the same time.");
        }
        if (names != null && (names.isEmpty() || names.size() > MAX_STREAMS)) {
            throw LogsError.INVALID_PARAMETER.saying("1 validation error detected: Value at 'logStreamNames' failed to"
                    + " satisfy constraint: Member must have length between 1 and " + MAX_STREAMS);
        }
        var token = input.nextToken();
        if (token != null && !token.matches("\\d{56}")) {
            throw LogsError.INVALID_PARAMETER.saying("The specified nextToken is invalid.");
        }
    }
}
