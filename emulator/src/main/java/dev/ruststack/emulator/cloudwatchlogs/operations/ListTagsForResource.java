package dev.ruststack.emulator.cloudwatchlogs.operations;

import dev.ruststack.emulator.aws.Identity;
import dev.ruststack.emulator.cloudwatchlogs.LogGroups;
import dev.ruststack.emulator.cloudwatchlogs.LogsOperation;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tags of a log group. AWS: Amazon CloudWatch Logs API Reference, ListTagsForResource. */
public final class ListTagsForResource implements LogsOperation<ListTagsForResource.Input, ListTagsForResource.Output> {
    private final LogGroups groups;

    public ListTagsForResource(LogGroups groups) {
        this.groups = groups;
    }

    record Input(@Nullable String resourceArn) {}

    record Output(Map<String, String> tags) {}

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Output handle(Input input, Identity caller) {
        return new Output(Map.copyOf(groups.require(null, Required.member("resourceArn", input.resourceArn()), caller)
                .tags()));
    }
}
