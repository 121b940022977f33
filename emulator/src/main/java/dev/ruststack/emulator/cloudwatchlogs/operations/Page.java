package dev.ruststack.emulator.cloudwatchlogs.operations;

import dev.ruststack.emulator.cloudwatchlogs.LogsError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list; the token is the place of the next item.
 *
 * @param nextToken null at the end
 */
record Page<T>(List<T> items, @Nullable String nextToken) {
    Page {
        items = List.copyOf(items);
    }

    static <T> Page<T> of(List<T> all, @Nullable String token, int limit) {
        int from = Math.min(all.size(), place(token));
        int to = Math.min(all.size(), from + limit);
        return new Page<>(all.subList(from, to), to < all.size() ? Integer.toString(to) : null);
    }

    private static int place(@Nullable String token) {
        if (token == null) {
            return 0;
        }
        try {
            return Integer.parseUnsignedInt(token);
        } catch (NumberFormatException e) {
            throw LogsError.INVALID_PARAMETER.saying("The specified nextToken is invalid.");
        }
    }
}
