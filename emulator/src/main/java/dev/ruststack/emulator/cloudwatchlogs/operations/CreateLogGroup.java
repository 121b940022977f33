package dev.ruststack.emulator.cloudwatchlogs.operations;

import dev.ruststack.emulator.aws.Identity;
import dev.ruststack.emulator.cloudwatchlogs.LogGroups;
import dev.ruststack.emulator.cloudwatchlogs.LogsError;
import dev.ruststack.emulator.cloudwatchlogs.LogsOperation;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a log group. AWS: Amazon CloudWatch Logs API Reference, CreateLogGroup. */
public final class CreateLogGroup implements LogsOperation<CreateLogGroup.Input, LogsOperation.Nothing> {
    private final LogGroups groups;

    public CreateLogGroup(LogGroups groups) {
        this.groups = groups;
    }

    record Input(
            @Nullable String logGroupName,
            @Nullable String kmsKeyId,
            @Nullable Map<String, String> tags,
            @Nullable String logGroupClass,
            @Nullable Boolean deletionProtectionEnabled) {}

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public @Nullable Nothing handle(Input input, Identity caller) {
        if (input.kmsKeyId() != null || Boolean.TRUE.equals(input.deletionProtectionEnabled())) {
            throw LogsError.NOT_IMPLEMENTED.saying("RustStack does not implement CreateLogGroup with "
                    + (input.kmsKeyId() == null ? "deletionProtectionEnabled." : "kmsKeyId."));
        }
        if (input.logGroupClass() != null && !input.logGroupClass().equals("STANDARD")) {
            throw LogsError.NOT_IMPLEMENTED.saying("RustStack has log groups of class STANDARD only.");
        }
        var tags = input.tags();
        groups.create(Required.member("logGroupName", input.logGroupName()), tags == null ? Map.of() : tags, caller);
        return null;
    }
}
