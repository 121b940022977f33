package dev.ruststack.emulator.cloudwatchlogs.operations;

import dev.ruststack.emulator.aws.Identity;
import dev.ruststack.emulator.cloudwatchlogs.LogGroups;
import dev.ruststack.emulator.cloudwatchlogs.LogsOperation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes tags from a log group. AWS: Amazon CloudWatch Logs API Reference, UntagResource. */
public final class UntagResource implements LogsOperation<UntagResource.Input, LogsOperation.Nothing> {
    private final LogGroups groups;

    public UntagResource(LogGroups groups) {
        this.groups = groups;
    }

    record Input(@Nullable String resourceArn, @Nullable List<String> tagKeys) {}

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public @Nullable Nothing handle(Input input, Identity caller) {
        groups.require(null, Required.member("resourceArn", input.resourceArn()), caller)
                .tags()
                .keySet()
                .removeAll(Required.member("tagKeys", input.tagKeys()));
        return null;
    }
}
