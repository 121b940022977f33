package dev.ruststack.emulator.cloudwatchlogs.operations;

import dev.ruststack.emulator.aws.Identity;
import dev.ruststack.emulator.cloudwatchlogs.LogGroup;
import dev.ruststack.emulator.cloudwatchlogs.LogGroups;
import dev.ruststack.emulator.cloudwatchlogs.LogsError;
import dev.ruststack.emulator.cloudwatchlogs.LogsOperation;
import dev.ruststack.emulator.logs.LogLine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists the streams of a log group, by name or by their last event. AWS: Amazon CloudWatch Logs API Reference, DescribeLogStreams. */
public final class DescribeLogStreams implements LogsOperation<DescribeLogStreams.Input, DescribeLogStreams.Output> {
    private final LogGroups groups;

    public DescribeLogStreams(LogGroups groups) {
        this.groups = groups;
    }

    private static final int MAX = 50;
    private static final String BY_TIME = "LastEventTime";

    record Input(
            @Nullable String logGroupName,
            @Nullable String logGroupIdentifier,
            @Nullable String logStreamNamePrefix,
            @Nullable String orderBy,
            @Nullable Boolean descending,
            @Nullable String nextToken,
            @Nullable Integer limit) {}

    record Output(List<Described> logStreams, @Nullable String nextToken) {}

    record Described(
            String logStreamName,
            long creationTime,
            @Nullable Long firstEventTimestamp,
            @Nullable Long lastEventTimestamp,
            @Nullable Long lastIngestionTime,
            String uploadSequenceToken,
            String arn,
            long storedBytes) {
        static Described of(LogGroup.Stream stream, String groupArn) {
            var last = stream.last();
            return new Described(
                    stream.name(),
                    stream.created().toEpochMilli(),
                    time(stream.first()),
                    time(last),
                    last == null ? null : last.ingested().toEpochMilli(),
                    PutLogEvents.SEQUENCE_TOKEN,
                    groupArn + ":log-stream:" + stream.name(),
                    0);
        }

        private static @Nullable Long time(@Nullable LogLine line) {
            return line == null ? null : line.timestamp().toEpochMilli();
        }
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Output handle(Input input, Identity caller) {
        var group = groups.require(input.logGroupName(), input.logGroupIdentifier(), caller);
        boolean byTime = BY_TIME.equals(input.orderBy());
        if (input.orderBy() != null && !byTime && !input.orderBy().equals("LogStreamName")) {
            throw LogsError.INVALID_PARAMETER.saying("1 validation error detected: Value '" + input.orderBy()
                    + "' at 'orderBy' failed to satisfy constraint: Member must satisfy enum value set: [LogStreamName,"
                    + " LastEventTime]");
        }
        if (byTime && input.logStreamNamePrefix() != null) {
            throw LogsError.INVALID_PARAMETER.saying("Cannot order by LastEventTime with a logStreamNamePrefix.");
        }
        var prefix = input.logStreamNamePrefix() == null ? "" : input.logStreamNamePrefix();
        var streams = new ArrayList<>(group.streams());
        streams.removeIf(stream -> !stream.name().startsWith(prefix));
        if (byTime) {
            streams.sort(Comparator.comparing(LogGroup.Stream::lastOrCreated));
        }
        if (Boolean.TRUE.equals(input.descending())) {
            Collections.reverse(streams);
        }
        var page = Page.of(streams, input.nextToken(), Required.limit(input.limit(), MAX));
        var arn = group.arn(caller);
        return new Output(
                page.items().stream().map(stream -> Described.of(stream, arn)).toList(), page.nextToken());
    }
}
