package dev.ruststack.cli.cluster;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the images of functions go, and what they are made from.
 *
 * @param registry host and prefix of their names; null where they are only written as tars
 * @param tars the folder that they are written to, instead of being pushed; null where they are pushed
 * @param bases the base image by runtime, over those of the stack and AWS's; {@code tar://FILE} for a docker-archive
 * @param insecure whether registries may speak http, or show a certificate that nobody vouches for
 * @param platform such as {@code linux/arm64}, for functions without {@code architectures}; null for this machine's
 */
public record ImageOptions(
        @Nullable String registry,
        @Nullable Path tars,
        Map<String, String> bases,
        boolean insecure,
        @Nullable String platform) {
    public ImageOptions {
        if (registry == null && tars == null) {
            throw new IllegalArgumentException("images go to a registry or to a folder");
        }
        bases = Map.copyOf(bases);
    }
}
