package dev.ruststack.emulator.cloudwatchlogs.operations;

import dev.ruststack.emulator.cloudwatchlogs.LogsError;
import org.jspecify.annotations.Nullable;

/** What a request has to have, and within which limits. */
final class Required {
    private Required() {}

    static <T> T member(String name, @Nullable T value) {
        if (value == null) {
            throw LogsError.INVALID_PARAMETER.saying("1 validation error detected: Value null at '" + name
                    + "' failed to satisfy constraint: Member must not be null");
        }
        return value;
    }

    /** The limit that was asked for, from 1 to {@code most}, or that where none was. */
    static int limit(@Nullable Integer asked, int most) {
        if (asked == null) {
            return most;
        }
        if (asked < 1 || asked > most) {
            throw LogsError.INVALID_PARAMETER.saying("1 validation error detected: Value '" + asked
                    + "' at 'limit' failed to satisfy constraint: Member must have value "
                    + (asked < 1 ? "greater than or equal to 1" : "less than or equal to " + most));
        }
        return asked;
    }
}
