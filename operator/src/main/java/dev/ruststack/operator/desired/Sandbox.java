package dev.ruststack.operator.desired;

import org.jspecify.annotations.Nullable;

/**
 * One place for functions to run that the emulator wants, as its admin API names it.
 *
 * @param id of one pod only: 8 to 20 lower-case letters and digits
 * @param runtime Lambda's identifier; null for an image
 * @param imageUri the function's image; null for a runtime
 * @param architecture {@code x86_64} or {@code arm64}; null for any
 * @param memorySize in MB
 * @param ephemeralStorage size of {@code /tmp}, in MB
 * @param function null for a place that waits for any function
 */
public record Sandbox(
        String id,
        @Nullable String runtime,
        @Nullable String imageUri,
        @Nullable String architecture,
        int memorySize,
        int ephemeralStorage,
        @Nullable String function) {}
