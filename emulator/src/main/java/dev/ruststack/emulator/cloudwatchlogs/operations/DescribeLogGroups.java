package dev.ruststack.emulator.cloudwatchlogs.operations;

import dev.ruststack.emulator.aws.Identity;
import dev.ruststack.emulator.cloudwatchlogs.LogGroup;
import dev.ruststack.emulator.cloudwatchlogs.LogGroups;
import dev.ruststack.emulator.cloudwatchlogs.LogsError;
import dev.ruststack.emulator.cloudwatchlogs.LogsOperation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists log groups by name. AWS: Amazon CloudWatch Logs API Reference, DescribeLogGroups. */
public final class DescribeLogGroups implements LogsOperation<DescribeLogGroups.Input, DescribeLogGroups.Output> {
    private final LogGroups groups;

    public DescribeLogGroups(LogGroups groups) {
        this.groups = groups;
    }

    private static final int MAX = 50;

    record Input(
            @Nullable List<String> accountIdentifiers,
            @Nullable String logGroupNamePrefix,
            @Nullable String logGroupNamePattern,
            @Nullable String nextToken,
            @Nullable Integer limit,
            @Nullable Boolean includeLinkedAccounts,
            @Nullable String logGroupClass,
            @Nullable List<String> logGroupIdentifiers) {
        boolean wants(LogGroup group) {
            return (logGroupNamePrefix == null || group.name().startsWith(logGroupNamePrefix))
                    && (logGroupNamePattern == null || group.name().contains(logGroupNamePattern))
                    && (logGroupClass == null || logGroupClass.equals("STANDARD"))
                    && (logGroupIdentifiers == null
                            || logGroupIdentifiers.stream()
                                    .map(LogGroups::nameIn)
                                    .anyMatch(group.name()::equals));
        }
    }

    record Output(List<Described> logGroups, @Nullable String nextToken) {}

    record Described(
            String logGroupName,
            long creationTime,
            @Nullable Integer retentionInDays,
            int metricFilterCount,
            String arn,
            long storedBytes,
            String logGroupClass,
            String logGroupArn) {
        static Described of(LogGroup group, Identity caller) {
            var arn = group.arn(caller);
            return new Described(
                    group.name(),
                    group.created().toEpochMilli(),
                    group.retentionInDays(),
                    0,
                    arn + ":*",
                    group.storedBytes(),
                    "STANDARD",
                    arn);
        }
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Output handle(Input input, Identity caller) {
        if (input.logGroupNamePrefix() != null && input.logGroupNamePattern() != null) {
            throw LogsError.INVALID_PARAMETER.saying(
                    "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
        }
        var wanted = groups.all(caller).values().stream().filter(input::wants).toList();
        var page = Page.of(wanted, input.nextToken(), Required.limit(input.limit(), MAX));
        return new Output(
                page.items().stream().map(group -> Described.of(group, caller)).toList(), page.nextToken());
    }
}
