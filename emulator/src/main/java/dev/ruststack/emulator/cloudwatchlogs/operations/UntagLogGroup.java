package dev.ruststack.emulator.cloudwatchlogs.operations;

import dev.ruststack.emulator.aws.Identity;
import dev.ruststack.emulator.cloudwatchlogs.LogGroups;
import dev.ruststack.emulator.cloudwatchlogs.LogsOperation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes tags from a log group. AWS: Amazon CloudWatch Logs API Reference, UntagLogGroup. */
public final class UntagLogGroup implements LogsOperation<UntagLogGroup.Input, LogsOperation.Nothing> {
    private final LogGroups groups;

    public UntagLogGroup(LogGroups groups) {
        this.groups = groups;
    }

    record Input(@Nullable String logGroupName, @Nullable List<String> tags) {}

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public @Nullable Nothing handle(Input input, Identity caller) {
        groups.require(Required.member("logGroupName", input.logGroupName()), null, caller)
                .tags()
                .keySet()
                .removeAll(Required.member("tags", input.tags()));
        return null;
    }
}
