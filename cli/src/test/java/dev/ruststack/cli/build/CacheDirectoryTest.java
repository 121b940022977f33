package dev.ruststack.cli.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheDirectoryTest {
    @Test
    void ownVariableWins() {
        var environment = Map.of("RUSTSTACK_CACHE", "/var/cache/stack", "XDG_CACHE_HOME", "/xdg");

        assertThat(CacheDirectory.of(environment)).isEqualTo(Path.of("/var/cache/stack"));
    }

    @Test
    void xdgCacheHomeComesNext() {
        assertThat(CacheDirectory.of(Map.of("XDG_CACHE_HOME", "/xdg"))).isEqualTo(Path.of("/xdg/ruststack"));
    }

    @Test
    void relativeXdgCacheHomeIsPassedOverAsItsSpecificationWants() {
        assertThat(CacheDirectory.of(Map.of("XDG_CACHE_HOME", "cache"))).isEqualTo(home());
    }

    @Test
    void cacheOfTheHomeFolderIsTheDefault() {
        assertThat(CacheDirectory.of(Map.of("RUSTSTACK_CACHE", ""))).isEqualTo(home());
    }

    private static Path home() {
        return Path.of(System.getProperty("user.home"), ".cache", "ruststack");
    }
}
