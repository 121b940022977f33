package dev.ruststack.emulator.cloudwatchlogs.operations;

import dev.ruststack.emulator.aws.Identity;
import dev.ruststack.emulator.cloudwatchlogs.LogGroups;
import dev.ruststack.emulator.cloudwatchlogs.LogsOperation;
import org.jspecify.annotations.Nullable;

/** Removes a log group with its lines. AWS: Amazon CloudWatch Logs API Reference, DeleteLogGroup. */
public final class DeleteLogGroup implements LogsOperation<DeleteLogGroup.Input, LogsOperation.Nothing> {
    private final LogGroups groups;

    public DeleteLogGroup(LogGroups groups) {
        this.groups = groups;
    }

    record Input(@Nullable String logGroupName) {}

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public @Nullable Nothing handle(Input input, Identity caller) {
        groups.delete(Required.member("logGroupName", input.logGroupName()), caller);
        return null;
    }
}
