package dev.ruststack.emulator.lambda.eventsource;

import org.jspecify.annotations.Nullable;

/**
 * Where a mapping was left in a shard.
 *
 * @param sequenceNumber that of the last record that was done with; null where none was
 * @param window the window that is open; null for none
 */
public record Checkpoint(
        @Nullable String sequenceNumber, @Nullable Window window) {}
