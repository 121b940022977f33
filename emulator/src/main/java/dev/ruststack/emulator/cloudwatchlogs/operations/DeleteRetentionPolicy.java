package dev.ruststack.emulator.cloudwatchlogs.operations;

import dev.ruststack.emulator.aws.Identity;
import dev.ruststack.emulator.cloudwatchlogs.LogGroups;
import dev.ruststack.emulator.cloudwatchlogs.LogsOperation;
import org.jspecify.annotations.Nullable;

/** Keeps lines for good, as long as there is room. AWS: Amazon CloudWatch Logs API Reference, DeleteRetentionPolicy. */
public final class DeleteRetentionPolicy implements LogsOperation<DeleteRetentionPolicy.Input, LogsOperation.Nothing> {
    private final LogGroups groups;

    public DeleteRetentionPolicy(LogGroups groups) {
        this.groups = groups;
    }

    record Input(@Nullable String logGroupName) {}

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public @Nullable Nothing handle(Input input, Identity caller) {
        groups.require(Required.member("logGroupName", input.logGroupName()), null, caller)
                .retain(null);
        return null;
    }
}
