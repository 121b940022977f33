package dev.ruststack.emulator.cloudwatchlogs.operations;

import dev.ruststack.emulator.aws.Identity;
import dev.ruststack.emulator.cloudwatchlogs.LogGroups;
import dev.ruststack.emulator.cloudwatchlogs.LogsError;
import dev.ruststack.emulator.cloudwatchlogs.LogsOperation;
import org.jspecify.annotations.Nullable;

/** Makes a log stream. AWS: Amazon CloudWatch Logs API Reference, CreateLogStream. */
public final class CreateLogStream implements LogsOperation<CreateLogStream.Input, LogsOperation.Nothing> {
    private final LogGroups groups;

    public CreateLogStream(LogGroups groups) {
        this.groups = groups;
    }

    record Input(@Nullable String logGroupName, @Nullable String logStreamName) {}

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public @Nullable Nothing handle(Input input, Identity caller) {
        var stream = Required.member("logStreamName", input.logStreamName());
        if (stream.isEmpty() || stream.length() > 512 || stream.contains(":") || stream.contains("*")) {
            throw LogsError.INVALID_PARAMETER.saying("1 validation error detected: Value '" + stream
                    + "' at 'logStreamName' failed to satisfy constraint: Member must satisfy regular expression pattern:"
                    + " [^:*]*");
        }
        groups.require(Required.member("logGroupName", input.logGroupName()), null, caller)
                .createStream(stream, groups.clock().instant());
        return null;
    }
}
