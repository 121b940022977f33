package dev.ruststack.cli.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BuildCacheTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @RegisterExtension
    final BuildFixture fixture = new BuildFixture();

    @Test
    void entriesThatWereNotUsedForLongestGoFirst() throws Exception {
        var oldest = store("a", Duration.ofHours(4));
        var used = store("b", Duration.ofHours(5));
        at(Duration.ofHours(2)).find("b");

        var newest = store("c", Duration.ZERO);

        assertThat(oldest).doesNotExist();
        assertThat(used).exists();
        assertThat(newest).exists();
    }

    @Test
    void entryThatAnotherRunMayStillReadStays() throws Exception {
        var first = store("a", Duration.ofMinutes(2));
        var second = store("b", Duration.ofMinutes(1));
        var third = store("c", Duration.ZERO);

        assertThat(first).exists();
        assertThat(second).exists();
        assertThat(third).exists();
    }

    @Test
    void entryOfAnotherKeyIsNotFound() throws Exception {
        store("abc", Duration.ZERO);

        assertThat(fixture.cache().find("ab")).isEmpty();
        assertThat(fixture.cache().find("abc")).isPresent();
    }

    @Test
    void workspaceOfARunThatWasKilledIsRemovedADayLater() throws Exception {
        var abandoned = Files.createDirectories(fixture.cacheRoot().resolve("tmp/build-1/dependencies"));
        Files.writeString(abandoned.resolve("six.py"), "");
        Files.setLastModifiedTime(
                fixture.cacheRoot().resolve("tmp/build-1"), FileTime.from(NOW.minus(Duration.ofHours(25))));

        try (var workspace = at(Duration.ZERO).newWorkspace()) {
            assertThat(fixture.leftovers()).containsExactly(workspace.folder());
        }

        assertThat(fixture.leftovers()).isEmpty();
    }

    /** Stores ten bytes; the cache takes twenty-five. */
    private Path store(String key, Duration ago) throws IOException {
        var finished = fixture.write("finished-" + key, "0123456789");
        return at(ago).store(key, finished);
    }

    private BuildCache at(Duration ago) {
        return fixture.cache(25, Clock.fixed(NOW.minus(ago), ZoneOffset.UTC));
    }
}
