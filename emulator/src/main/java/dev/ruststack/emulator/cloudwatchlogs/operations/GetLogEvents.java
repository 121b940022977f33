package dev.ruststack.emulator.cloudwatchlogs.operations;

import dev.ruststack.emulator.aws.Identity;
import dev.ruststack.emulator.cloudwatchlogs.LogGroup;
import dev.ruststack.emulator.cloudwatchlogs.LogGroups;
import dev.ruststack.emulator.cloudwatchlogs.LogsError;
import dev.ruststack.emulator.cloudwatchlogs.LogsOperation;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines of one stream, forwards or backwards from a place in it. AWS: Amazon CloudWatch Logs API Reference, GetLogEvents. */
public final class GetLogEvents implements LogsOperation<GetLogEvents.Input, GetLogEvents.Output> {
    private final LogGroups groups;

    public GetLogEvents(LogGroups groups) {
        this.groups = groups;
    }

    private static final int MAX = 10_000;

    /** As long as AWS's. */
    private static final int TOKEN_DIGITS = 56;

    record Input(
            @Nullable String logGroupName,
            @Nullable String logGroupIdentifier,
            @Nullable String logStreamName,
            @Nullable Long startTime,
            @Nullable Long endTime,
            @Nullable String nextToken,
            @Nullable Integer limit,
            @Nullable Boolean startFromHead,
            @Nullable Boolean unmask) {
        boolean wants(LogGroup.Event event) {
            long time = event.line().timestamp().toEpochMilli();
            return event.line().stream().equals(logStreamName)
                    && (startTime == null || time >= startTime)
                    && (endTime == null || time < endTime);
        }
    }

    record Output(List<OutputEvent> events, String nextForwardToken, String nextBackwardToken) {}

    record OutputEvent(long timestamp, String message, long ingestionTime) {
        static OutputEvent of(LogGroup.Event event) {
            var line = event.line();
            return new OutputEvent(
                    line.timestamp().toEpochMilli(),
                    line.message(),
                    line.ingested().toEpochMilli());
        }
    }

    /** Where to go on: from the line at {@code index} forwards, or from before it backwards. */
    private record Place(boolean forwards, long index) {
        static Place parse(String token) {
            if (!token.matches("[fb]/\\d{56}/s")) {
                throw LogsError.INVALID_PARAMETER.saying("The specified nextToken is invalid.");
            }
            try {
                return new Place(token.startsWith("f"), Long.parseLong(token.substring(2, 2 + TOKEN_DIGITS)));
            } catch (NumberFormatException e) {
                throw LogsError.INVALID_PARAMETER.saying("The specified nextToken is invalid.");
            }
        }

        String token() {
            return (forwards ? "f/" : "b/") + "%056d".formatted(index) + "/s";
        }
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Output handle(Input input, Identity caller) {
        var group = groups.require(input.logGroupName(), input.logGroupIdentifier(), caller);
        group.requireStream(Required.member("logStreamName", input.logStreamName()));
        int limit = Required.limit(input.limit(), MAX);
        var all = group.events().stream().filter(input::wants).toList();
        var place = place(input);
        var page = place.forwards() ? forwards(all, place, limit) : backwards(all, place, limit);
        long first = page.isEmpty() ? place.index() : page.getFirst().index();
        long next = page.isEmpty() ? place.index() : page.getLast().index() + 1;
        var events = page.stream()
                .sorted(Comparator.comparing(event -> event.line().timestamp()))
                .map(OutputEvent::of)
                .toList();
        return new Output(events, new Place(true, next).token(), new Place(false, first).token());
    }

    private static Place place(Input input) {
        if (input.nextToken() != null) {
            return Place.parse(input.nextToken());
        }
        return Boolean.TRUE.equals(input.startFromHead()) ? new Place(true, 0) : new Place(false, Long.MAX_VALUE);
    }

    private static List<LogGroup.Event> forwards(List<LogGroup.Event> all, Place place, int limit) {
        return all.stream()
                .filter(event -> event.index() >= place.index())
                .limit(limit)
                .toList();
    }

    private static List<LogGroup.Event> backwards(List<LogGroup.Event> all, Place place, int limit) {
        var before = all.stream().filter(event -> event.index() < place.index()).toList();
        return before.subList(Math.max(0, before.size() - limit), before.size());
    }
}
