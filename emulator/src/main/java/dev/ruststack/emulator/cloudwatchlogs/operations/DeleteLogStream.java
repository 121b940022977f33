package dev.ruststack.emulator.cloudwatchlogs.operations;

import dev.ruststack.emulator.aws.Identity;
import dev.ruststack.emulator.cloudwatchlogs.LogGroups;
import dev.ruststack.emulator.cloudwatchlogs.LogsOperation;
import org.jspecify.annotations.Nullable;

/** Removes a log stream with its lines. AWS: Amazon CloudWatch Logs API Reference, DeleteLogStream. */
public final class DeleteLogStream implements LogsOperation<DeleteLogStream.Input, LogsOperation.Nothing> {
    private final LogGroups groups;

    public DeleteLogStream(LogGroups groups) {
        this.groups = groups;
    }

    record Input(@Nullable String logGroupName, @Nullable String logStreamName) {}

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public @Nullable Nothing handle(Input input, Identity caller) {
        groups.require(Required.member("logGroupName", input.logGroupName()), null, caller)
                .deleteStream(Required.member("logStreamName", input.logStreamName()));
        return null;
    }
}
