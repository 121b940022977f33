package dev.ruststack.emulator.cloudwatchlogs.operations;

import dev.ruststack.emulator.aws.Identity;
import dev.ruststack.emulator.cloudwatchlogs.LogGroups;
import dev.ruststack.emulator.cloudwatchlogs.LogsOperation;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds tags to a log group. AWS: Amazon CloudWatch Logs API Reference, TagResource. */
public final class TagResource implements LogsOperation<TagResource.Input, LogsOperation.Nothing> {
    private final LogGroups groups;

    public TagResource(LogGroups groups) {
        this.groups = groups;
    }

    record Input(@Nullable String resourceArn, @Nullable Map<String, String> tags) {}

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public @Nullable Nothing handle(Input input, Identity caller) {
        groups.require(null, Required.member("resourceArn", input.resourceArn()), caller)
                .tags()
                .putAll(Required.member("tags", input.tags()));
        return null;
    }
}
