package dev.ruststack.emulator.s3.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.s3.Checksum;
import dev.ruststack.emulator.s3.ChecksumAlgorithm;
import dev.ruststack.emulator.s3.ETag;
import dev.ruststack.emulator.s3.S3Error;
import dev.ruststack.emulator.s3.configuration.VersioningConfiguration;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketTest {
    private static final String ACCOUNT = "000000000000";

    private final Buckets buckets = new Buckets(Clock.systemUTC());
    private final Bucket bucket = bucket("bucket");

    private Bucket bucket(String name) {
        buckets.create(name, ACCOUNT, "us-east-1");
        return buckets.require(name);
    }

    private static ObjectVersion version(String content) {
        return new ObjectVersion(
                new Blob.InMemory(content.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                new ETag(content),
                Checksum.fullObject(ChecksumAlgorithm.CRC32, new byte[4]),
                Instant.EPOCH,
                ObjectMetadata.of("text/plain", Map.of()));
    }

    private void put(String... keys) {
        for (var key : keys) {
            bucket.put(key, version(key), any -> {});
        }
    }

    private List<String> list(String prefix, String delimiter, String after, int limit) {
        var listing = bucket.list(new ListingRequest(prefix, delimiter, after, limit));
        var names = new ArrayList<String>();
        listing.objects().forEach(entry -> names.add(entry.key()));
        listing.commonPrefixes().forEach(common -> names.add("*" + common));
        if (listing.truncated()) {
            names.add("...");
        }
        return names;
    }

    @Test
    void keysAreListedByTheirUtf8Bytes() {
        put("b", "a", "Z", "é", "\uFF5E", "\uD83D\uDE00", "a/b", "a!");

        assertThat(list("", "", "", 100)).containsExactly("Z", "a", "a!", "a/b", "b", "é", "\uFF5E", "\uD83D\uDE00");
    }

    @Test
    void keysBelowADelimiterAreRolledUp() {
        put("a", "photos/1", "photos/2", "photos0", "photos/2026/3", "z/");

        assertThat(list("", "/", "", 100)).containsExactly("a", "photos0", "*photos/", "*z/");
        assertThat(list("photos/", "/", "", 100)).containsExactly("photos/1", "photos/2", "*photos/2026/");
        assertThat(list("z/", "/", "", 100)).containsExactly("z/");
    }

    @Test
    void pagesGoOnAfterTheLastNameOfAnyKind() {
        put("a", "b/1", "b/2", "c");

        assertThat(list("", "/", "", 1)).containsExactly("a", "...");
        assertThat(list("", "/", "a", 1)).containsExactly("*b/", "...");
        assertThat(list("", "/", "b/", 1)).containsExactly("c");
    }

    @Test
    void noLimitLeftIsNotTruncated() {
        put("a");

        assertThat(list("", "", "", 0)).isEmpty();
        assertThat(list("", "", "", 1)).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void pagesTogetherAreThatOfASimpleModel(long seed) {
        var random = new Random(seed);
        var model = new TreeMap<String, Boolean>();
        for (int i = 0; i < 300; i++) {
            var key = randomKey(random);
            put(key);
            model.put(key, true);
        }
        for (var prefix : List.of("", "a", "a/", "b/a", "zz")) {
            for (var delimiter : List.of("", "/", "a", "/a")) {
                assertThat(allPages(prefix, delimiter, 1 + random.nextInt(5)))
                        .as("prefix %s delimiter %s", prefix, delimiter)
                        .isEqualTo(expected(model, prefix, delimiter));
            }
        }
    }

    private static String randomKey(Random random) {
        var key = new StringBuilder();
        for (int length = 1 + random.nextInt(6); length > 0; length--) {
            key.append("ab/".charAt(random.nextInt(3)));
        }
        return key.toString();
    }

    private List<String> allPages(String prefix, String delimiter, int limit) {
        var all = new ArrayList<String>();
        var after = "";
        while (true) {
            var page = bucket.list(new ListingRequest(prefix, delimiter, after, limit));
            assertThat(page.objects().size() + page.commonPrefixes().size()).isLessThanOrEqualTo(limit);
            page.objects().forEach(entry -> all.add(entry.key()));
            page.commonPrefixes().forEach(common -> all.add("*" + common));
            if (!page.truncated()) {
                return all.stream().sorted().toList();
            }
            after = page.last();
        }
    }

    private static List<String> expected(TreeMap<String, Boolean> model, String prefix, String delimiter) {
        return model.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .map(key -> {
                    int at = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
                    return at < 0 ? key : "*" + key.substring(0, at + delimiter.length());
                })
                .distinct()
                .sorted()
                .toList();
    }

    @Test
    void ofManyConditionalWritersExactlyOneWins() throws InterruptedException {
        var winners = new AtomicInteger();
        var start = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                threads.submit(() -> {
                    start.await();
                    bucket.put("key", version("won"), current -> {
                        if (current != null) {
                            throw S3Error.PRECONDITION_FAILED.error();
                        }
                    });
                    return winners.incrementAndGet();
                });
            }
            start.countDown();
        }

        assertThat(winners).hasValue(1);
    }

    @Test
    void everyReplacedVersionIsHandedOutOnce() {
        var replaced = new ConcurrentLinkedQueue<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                var content = Integer.toString(i);
                threads.submit(() -> {
                    var before = bucket.put("key", version(content), any -> {}).replaced();
                    return before == null || replaced.add(before.etag().value());
                });
            }
        }

        assertThat(replaced).hasSize(199).doesNotHaveDuplicates();
        assertThat(replaced)
                .doesNotContain(bucket.put("key", version("last"), any -> {})
                        .replaced()
                        .etag()
                        .value());
    }

    @Test
    void everyVersionOfManyWritersIsKeptAndTheListsAgree() {
        bucket.changeVersioning(any -> new VersioningConfiguration("Enabled", null));
        var removed = new ConcurrentLinkedQueue<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 400; i++) {
                int number = i;
                threads.submit(() -> {
                    var key = "key" + number % 3;
                    var put = bucket.put(key, version("v" + number), any -> {});
                    if (number % 4 == 0) {
                        bucket.delete(key, Instant.EPOCH, any -> {});
                    } else if (number % 4 == 1) {
                        removed.add(put.version().id());
                        bucket.deleteVersion(key, put.version().id(), any -> {});
                    }
                });
            }
        }

        var all =
                bucket.list(new VersionListing.Request("", "", "", null, 1000)).versions();
        assertThat(all).hasSize(400).extracting(entry -> entry.version().id()).doesNotHaveDuplicates();
        assertThat(removed)
                .hasSize(100)
                .noneMatch(id ->
                        all.stream().anyMatch(entry -> entry.version().id().equals(id)));
        var current = all.stream()
                .filter(entry -> entry.latest() && entry.version() instanceof ObjectVersion)
                .map(VersionListing.Entry::key)
                .toList();
        assertThat(list("", "", "", 100)).isEqualTo(current);
    }

    @Test
    void aBucketWithObjectsIsNotDeleted() {
        put("key");

        assertThatThrownBy(() -> buckets.delete(bucket)).hasMessage(S3Error.BUCKET_NOT_EMPTY.message());

        bucket.delete("key", Instant.EPOCH, any -> {});
        buckets.delete(bucket);
        assertThat(buckets.find("bucket")).isNull();
    }

    @Test
    void nothingIsWrittenIntoADeletedBucket() {
        buckets.delete(bucket);

        assertThatThrownBy(() -> put("key"))
                .isInstanceOf(AwsException.class)
                .hasMessage(S3Error.NO_SUCH_BUCKET.message());
    }

    @Test
    void aNameIsFreeAgainOnceItsBucketIsDeleted() {
        buckets.delete(bucket);

        assertThat(buckets.create("bucket", "111111111111", "us-east-1")).isNull();
        assertThat(buckets.require("bucket").ownerAccountId()).isEqualTo("111111111111");
    }

    @Test
    void bucketNamesAreOneNamespaceForAllAccounts() {
        var existing = buckets.create("bucket", "111111111111", "eu-west-1");

        assertThat(existing).isSameAs(bucket);
        assertThat(bucket.ownerAccountId()).isEqualTo(ACCOUNT);
    }
}
