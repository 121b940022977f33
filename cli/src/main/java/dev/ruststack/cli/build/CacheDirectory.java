package dev.ruststack.cli.build;

import java.nio.file.Path;
import java.util.Map;

/** Where RustStack keeps what it can make again. */
public final class CacheDirectory {
    /** The variable that names the folder itself. */
    public static final String VARIABLE = "RUSTSTACK_CACHE";

    private CacheDirectory() {}

    /**
     * The folder to use: {@code RUSTSTACK_CACHE}; else {@code ruststack} in {@code XDG_CACHE_HOME}, which the XDG Base
     * Directory Specification wants absolute; else {@code ~/.cache/ruststack}. It need not exist.
     */
    public static Path of(Map<String, String> environment) {
        var own = environment.getOrDefault(VARIABLE, "");
        if (!own.isBlank()) {
            return Path.of(own).toAbsolutePath().normalize();
        }
        var shared = Path.of(environment.getOrDefault("XDG_CACHE_HOME", ""));
        if (shared.isAbsolute()) {
            return shared.resolve("ruststack");
        }
        return Path.of(System.getProperty("user.home"), ".cache", "ruststack");
    }
}
