package dev.ruststack.emulator.s3.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.s3.ChecksumAlgorithm;
import dev.ruststack.emulator.s3.ETag;
import dev.ruststack.emulator.s3.configuration.VersioningConfiguration;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** S3's state, from its start to the end of its process. */
record KeptState(Buckets buckets, BlobStore blobs, KeptBuckets kept) implements AutoCloseable {
    static KeptState open(Path folder) throws IOException {
        var buckets = new Buckets(Clock.systemUTC());
        var blobs = BlobStore.kept(folder);
        return new KeptState(buckets, blobs, KeptBuckets.open(buckets, blobs, folder.resolve("journal")));
    }

    void put(String bucket, String key, byte[] content) throws IOException {
        put(bucket, key, content, ObjectMetadata.of("text/plain", Map.of()));
    }

    void put(String bucket, String key, byte[] content, ObjectMetadata metadata) throws IOException {
        var stored = blobs.store(new ByteArrayInputStream(content), ChecksumAlgorithm.CRC64NVME);
        var version =
                new ObjectVersion(stored.blob(), ETag.ofMd5(stored.md5()), stored.checksum(), Instant.now(), metadata);
        release(buckets.require(bucket).put(key, version, any -> {}).replaced());
    }

    void version(String bucket, String status) {
        buckets.require(bucket).changeVersioning(any -> new VersioningConfiguration(status, null));
    }

    void removeVersion(String bucket, String key, String id) {
        release(buckets.require(bucket).deleteVersion(key, id, any -> {}).freed());
    }

    void remove(String bucket, String key) {
        release(buckets.require(bucket).delete(key, Instant.now(), any -> {}).freed());
    }

    private void release(@Nullable ObjectVersion before) {
        if (before != null) {
            blobs.release(before.blob());
        }
    }

    ObjectVersion find(String bucket, String key) {
        var version = buckets.require(bucket).find(key);
        assertThat(version).as(key).isNotNull();
        return version;
    }

    byte[] get(String bucket, String key) throws IOException {
        try (var in = blobs.read(find(bucket, key).blob())) {
            return in.readAllBytes();
        }
    }

    /** Everything, bytes included. */
    Map<String, String> all() throws IOException {
        var all = new TreeMap<String, String>();
        for (var bucket : buckets.all()) {
            all.put(bucket.name(), bucket.region());
            var page = bucket.list(new VersionListing.Request("", "", "", null, 10_000));
            for (var entry : page.versions()) {
                var name = bucket.name() + "/" + entry.key()
                        + (entry.latest() ? "" : "/" + entry.version().id());
                all.put(name, content(entry.version()));
            }
        }
        return all;
    }

    private String content(Version version) throws IOException {
        return switch (version) {
            case DeleteMarker marker -> "deleted " + marker.id();
            case ObjectVersion object -> {
                try (var in = blobs.read(object.blob())) {
                    yield Arrays.toString(in.readAllBytes());
                }
            }
        };
    }

    @Override
    public void close() throws IOException {
        kept.close();
    }
}
