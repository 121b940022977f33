package dev.ruststack.emulator.cloudwatchlogs.operations;

import dev.ruststack.emulator.aws.Identity;
import dev.ruststack.emulator.cloudwatchlogs.LogGroups;
import dev.ruststack.emulator.cloudwatchlogs.LogsOperation;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tags of a log group. AWS: Amazon CloudWatch Logs API Reference, ListTagsLogGroup. */
public final class ListTagsLogGroup implements LogsOperation<ListTagsLogGroup.Input, ListTagsLogGroup.Output> {
    private final LogGroups groups;

    public ListTagsLogGroup(LogGroups groups) {
        this.groups = groups;
    }

    record Input(@Nullable String logGroupName) {}

    record Output(Map<String, String> tags) {}

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Output handle(Input input, Identity caller) {
        return new Output(Map.copyOf(groups.require(Required.member("logGroupName", input.logGroupName()), null, caller)
                .tags()));
    }
}
