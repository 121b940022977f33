package dev.ruststack.emulator.cloudwatchlogs.operations;

import dev.ruststack.emulator.aws.Identity;
import dev.ruststack.emulator.cloudwatchlogs.LogGroups;
import dev.ruststack.emulator.cloudwatchlogs.LogsOperation;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds tags to a log group. AWS: Amazon CloudWatch Logs API Reference, TagLogGroup. */
public final class TagLogGroup implements LogsOperation<TagLogGroup.Input, LogsOperation.Nothing> {
    private final LogGroups groups;

    public TagLogGroup(LogGroups groups) {
        this.groups = groups;
    }

    record Input(@Nullable String logGroupName, @Nullable Map<String, String> tags) {}

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public @Nullable Nothing handle(Input input, Identity caller) {
        groups.require(Required.member("logGroupName", input.logGroupName()), null, caller)
                .tags()
                .putAll(Required.member("tags", input.tags()));
        return null;
    }
}
