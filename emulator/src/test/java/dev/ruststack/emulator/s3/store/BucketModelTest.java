package dev.ruststack.emulator.s3.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.s3.Checksum;
import dev.ruststack.emulator.s3.ChecksumAlgorithm;
import dev.ruststack.emulator.s3.ETag;
import dev.ruststack.emulator.s3.configuration.VersioningConfiguration;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Puts, deletes and lists at random beside a model that is as simple as the User Guide's words: a list of versions for
 * each key.
 */
class BucketModelTest {
    private static final Comparator<String> BY_BYTES =
            Comparator.comparing(key -> key.getBytes(StandardCharsets.UTF_8), java.util.Arrays::compareUnsigned);
    private static final List<String> NAMES = List.of("a", "a/", "a/1", "a/2", "a0", "b/x/1", "b/x/2", "é", "z");

    /** @param content null for a delete marker */
    private record Entry(String id, @Nullable String content) {}

    private final Buckets buckets = new Buckets(Clock.systemUTC());
    private final TreeMap<String, List<Entry>> model = new TreeMap<>(BY_BYTES);
    private String status = "";
    private Bucket bucket;

    private static ObjectVersion version(String content) {
        return new ObjectVersion(
                new Blob.InMemory(content.getBytes(StandardCharsets.UTF_8)),
                new ETag(content),
                Checksum.fullObject(ChecksumAlgorithm.CRC32, new byte[4]),
                Instant.EPOCH,
                ObjectMetadata.of("text/plain", Map.of()));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void everythingIsAsInASimpleModel(long seed) {
        var random = new Random(seed);
        buckets.create("bucket", "000000000000", "us-east-1");
        bucket = buckets.require("bucket");
        for (int step = 0; step < 400; step++) {
            change(random, step);
            if (step % 10 == 0) {
                compare(random);
            }
        }
        compare(random);
        assertThat(bucket.isEmpty()).isEqualTo(model.isEmpty());
    }

    private void change(Random random, int step) {
        var key = NAMES.get(random.nextInt(NAMES.size()));
        switch (random.nextInt(step < 50 ? 18 : 20)) {
            case 19, 18 -> {
                status = random.nextBoolean() ? "Enabled" : "Suspended";
                bucket.changeVersioning(any -> new VersioningConfiguration(status, null));
            }
            case 17, 16, 15, 14 -> delete(key);
            case 13, 12, 11, 10 -> deleteVersion(key, random);
            default -> put(key, "content " + step);
        }
    }

    private void put(String key, String content) {
        var put = bucket.put(key, version(content), any -> {});
        assertThat(put.replaced() == null ? null : put.replaced().etag().value())
                .isEqualTo(modelOverwrite(key, put.version().id(), content));
    }

    /** What goes: only a null version is ever replaced. */
    private @Nullable String modelOverwrite(String key, String id, @Nullable String content) {
        assertThat(id.equals("null")).isEqualTo(!status.equals("Enabled"));
        var versions = model.computeIfAbsent(key, any -> new ArrayList<>());
        var before = versions.stream().filter(each -> each.id.equals(id)).findFirst();
        before.ifPresent(versions::remove);
        versions.addFirst(new Entry(id, content));
        return before.map(Entry::content).orElse(null);
    }

    private void delete(String key) {
        var deletion = bucket.delete(key, Instant.EPOCH, any -> {});
        var freed = deletion.freed() == null ? null : deletion.freed().etag().value();
        if (status.isEmpty()) {
            var versions = model.remove(key);
            assertThat(deletion.marker()).isNull();
            assertThat(freed).isEqualTo(versions == null ? null : versions.getFirst().content);
            return;
        }
        assertThat(deletion.marker()).isNotNull();
        assertThat(freed).isEqualTo(modelOverwrite(key, deletion.marker().id(), null));
    }

    private void deleteVersion(String key, Random random) {
        var versions = model.get(key);
        if (versions == null) {
            assertThat(bucket.deleteVersion(key, "null", any -> {})).isEqualTo(new Bucket.Deletion(null, null));
            return;
        }
        var chosen = versions.get(random.nextInt(versions.size()));
        versions.remove(chosen);
        if (versions.isEmpty()) {
            model.remove(key);
        }
        var deletion = bucket.deleteVersion(key, chosen.id, any -> {});
        assertThat(deletion.marker() != null).isEqualTo(chosen.content == null);
        assertThat(deletion.freed() == null ? null : deletion.freed().etag().value())
                .isEqualTo(chosen.content);
    }

    private void compare(Random random) {
        for (var key : NAMES) {
            var versions = model.getOrDefault(key, List.of());
            var current = bucket.find(key);
            assertThat(current == null ? null : current.etag().value())
                    .isEqualTo(versions.isEmpty() ? null : versions.getFirst().content);
        }
        for (var prefix : List.of("", "a", "a/", "b/")) {
            for (var delimiter : List.of("", "/")) {
                int limit = 1 + random.nextInt(4);
                assertThat(objects(prefix, delimiter, limit)).isEqualTo(modelObjects(prefix, delimiter));
                assertThat(versions(prefix, delimiter, limit)).isEqualTo(modelVersions(prefix, delimiter));
            }
        }
    }

    private List<String> objects(String prefix, String delimiter, int limit) {
        var names = new ArrayList<String>();
        var after = "";
        while (true) {
            var page = bucket.list(new ListingRequest(prefix, delimiter, after, limit));
            assertThat(page.objects().size() + page.commonPrefixes().size()).isLessThanOrEqualTo(limit);
            page.objects().forEach(entry -> names.add(entry.key()));
            names.addAll(page.commonPrefixes());
            if (!page.truncated()) {
                names.sort(BY_BYTES);
                return names;
            }
            after = page.last();
        }
    }

    private List<String> modelObjects(String prefix, String delimiter) {
        var names = new LinkedHashSet<String>();
        model.forEach((key, versions) -> {
            if (key.startsWith(prefix) && versions.getFirst().content != null) {
                names.add(rolledUp(key, prefix, delimiter));
            }
        });
        return List.copyOf(names);
    }

    private List<String> versions(String prefix, String delimiter, int limit) {
        var names = new ArrayList<String>();
        var request = new VersionListing.Request(prefix, delimiter, "", null, limit);
        while (true) {
            var page = bucket.list(request);
            assertThat(page.versions().size() + page.commonPrefixes().size()).isLessThanOrEqualTo(limit);
            page.versions()
                    .forEach(entry ->
                            names.add(entry.key() + " " + entry.version().id() + (entry.latest() ? " latest" : "")));
            names.addAll(page.commonPrefixes());
            if (!page.truncated()) {
                return names.stream()
                        .sorted(Comparator.comparing(BucketModelTest::keyOf, BY_BYTES))
                        .toList();
            }
            request = new VersionListing.Request(prefix, delimiter, page.nextKey(), page.nextVersionId(), limit);
        }
    }

    private static String keyOf(String name) {
        int space = name.indexOf(' ');
        return space < 0 ? name : name.substring(0, space);
    }

    private List<String> modelVersions(String prefix, String delimiter) {
        var names = new LinkedHashSet<String>();
        model.forEach((key, versions) -> {
            if (!key.startsWith(prefix)) {
                return;
            }
            var rolledUp = rolledUp(key, prefix, delimiter);
            if (!rolledUp.equals(key) || !delimiter.isEmpty() && key.indexOf(delimiter, prefix.length()) >= 0) {
                names.add(rolledUp);
                return;
            }
            for (var each : versions) {
                names.add(key + " " + each.id + (each == versions.getFirst() ? " latest" : ""));
            }
        });
        return List.copyOf(names);
    }

    private static String rolledUp(String key, String prefix, String delimiter) {
        int at = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
        return at < 0 ? key : key.substring(0, at + delimiter.length());
    }
}
