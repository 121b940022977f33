package dev.ruststack.cli.cluster;

import org.jspecify.annotations.Nullable;

/**
 * What a stack becomes.
 *
 * @param namespace null for what the file says
 * @param images null where functions become ConfigMaps, as everything else does
 */
public record PackageOptions(
        @Nullable String namespace, @Nullable ImageOptions images) {}
