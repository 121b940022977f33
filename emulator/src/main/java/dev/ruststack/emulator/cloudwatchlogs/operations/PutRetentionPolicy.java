package dev.ruststack.emulator.cloudwatchlogs.operations;

import dev.ruststack.emulator.aws.Identity;
import dev.ruststack.emulator.cloudwatchlogs.LogGroups;
import dev.ruststack.emulator.cloudwatchlogs.LogsError;
import dev.ruststack.emulator.cloudwatchlogs.LogsOperation;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets lines go after some days. AWS: Amazon CloudWatch Logs API Reference, PutRetentionPolicy. */
public final class PutRetentionPolicy implements LogsOperation<PutRetentionPolicy.Input, LogsOperation.Nothing> {
    private final LogGroups groups;

    public PutRetentionPolicy(LogGroups groups) {
        this.groups = groups;
    }

    private static final Set<Integer> DAYS = Set.of(
            1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653);

    record Input(@Nullable String logGroupName, @Nullable Integer retentionInDays) {}

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public @Nullable Nothing handle(Input input, Identity caller) {
        var days = Required.member("retentionInDays", input.retentionInDays());
        var group = groups.require(Required.member("logGroupName", input.logGroupName()), null, caller);
        if (!DAYS.contains(days)) {
            throw LogsError.INVALID_PARAMETER.saying("1 validation error detected: Value '" + days
                    + "' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: "
                    + DAYS.stream().sorted().toList());
        }
        group.retain(days);
        return null;
    }
}
