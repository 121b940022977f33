package dev.ruststack.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** Versions of objects in an emulator with Persistent storage that is killed at any point. */
class VersionsPersistenceTest {
    private static final String BUCKET = "versions";
    private static final int ROUNDS = 8;

    /** A slow machine has fewer rounds. */
    private static final int LEAST_ROUNDS = 3;

    private static final Duration LONGEST = Duration.ofSeconds(12);
    private static final int WRITERS = 4;

    @TempDir
    Path folder;

    /**
     * What clients know of one key.
     *
     * @param ids of what was acknowledged and is there, objects and delete markers, the newest first
     * @param contents of the objects among them
     * @param leaving the ids whose removal was asked for and not acknowledged
     */
    private record Known(List<String> ids, Map<String, String> contents, Set<String> leaving) {
        Known() {
            this(new ArrayList<>(), new ConcurrentHashMap<>(), new HashSet<>());
        }
    }

    private final Map<String, Known> known = new ConcurrentHashMap<>();

    private EmulatorProcess start() throws Exception {
        var variables = EmulatorProcess.variables(folder);
        variables.put("RUSTSTACK_STORAGE", "Persistent");
        return EmulatorProcess.start(variables).listening();
    }

    private static S3Client client(URI endpoint) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create("AKIDEXAMPLE", "the-secret-access-key")))
                .overrideConfiguration(configuration -> configuration
                        .retryStrategy(retries -> retries.maxAttempts(1))
                        .apiCallTimeout(Duration.ofSeconds(20)))
                .build();
    }

    @Test
    void everyVersionThatIsAcknowledgedOutlivesAKill() throws Exception {
        var random = new Random();
        long end = System.nanoTime() + LONGEST.toNanos();
        for (int round = 0; round < ROUNDS && (round < LEAST_ROUNDS || System.nanoTime() < end); round++) {
            try (var emulator = start();
                    var s3 = client(emulator.aws())) {
                if (round == 0) {
                    s3.createBucket(request -> request.bucket(BUCKET));
                    s3.putBucketVersioning(request -> request.bucket(BUCKET)
                            .versioningConfiguration(c -> c.status(BucketVersioningStatus.ENABLED)));
                } else {
                    verify(s3, emulator);
                }
                writeUntilKilled(s3, emulator, random.nextInt(50, 800));
            }
        }
        try (var emulator = start();
                var s3 = client(emulator.aws())) {
            verify(s3, emulator);
            assertThat(known).hasSize(WRITERS);
        }
    }

    private void writeUntilKilled(S3Client s3, EmulatorProcess emulator, int milliseconds) throws InterruptedException {
        var writers = IntStream.range(0, WRITERS)
                .mapToObj(writer -> Thread.ofVirtual().start(() -> write(s3, "writer-" + writer)))
                .toList();
        Thread.sleep(milliseconds);
        emulator.close();
        for (var writer : writers) {
            writer.join();
        }
    }

    /** Changes a key of its own until the emulator is gone. */
    private void write(S3Client s3, String key) {
        var random = ThreadLocalRandom.current();
        var mine = known.computeIfAbsent(key, any -> new Known());
        try {
            while (true) {
                int choice = random.nextInt(6);
                if (choice == 0) {
                    mine.ids.addFirst(
                            s3.deleteObject(request -> request.bucket(BUCKET).key(key))
                                    .versionId());
                } else if (choice < 3 && !mine.ids.isEmpty()) {
                    remove(s3, key, mine, mine.ids.get(random.nextInt(mine.ids.size())));
                } else {
                    var content = key + random.nextInt();
                    var id = s3.putObject(
                                    request -> request.bucket(BUCKET).key(key).tagging("content=" + content),
                                    RequestBody.fromString(content.repeat(random.nextInt(1, 2000))))
                            .versionId();
                    mine.contents.put(id, content);
                    mine.ids.addFirst(id);
                }
            }
        } catch (SdkException e) {
            // Killed: what was under way may have been done, or not.
        }
    }

    private static void remove(S3Client s3, String key, Known mine, String id) {
        mine.leaving.add(id);
        s3.deleteObject(request -> request.bucket(BUCKET).key(key).versionId(id));
        mine.leaving.remove(id);
        mine.ids.remove(id);
        mine.contents.remove(id);
    }

    private void verify(S3Client s3, EmulatorProcess emulator) throws IOException {
        // No version was lost with its file, and no half of one was found.
        assertThat(emulator.output()).noneMatch(line -> line.contains("ERROR"));
        long objects = 0;
        for (var key : known.keySet()) {
            objects += verify(s3, key, known.get(key));
        }
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(file -> file.toString().endsWith(".blob")))
                    .as("a file for each object, and no other")
                    .hasSize(Math.toIntExact(objects));
        }
    }

    /** Looks at every version of a key, takes over what was under way, and gives the number of objects. */
    private static long verify(S3Client s3, String key, Known mine) {
        var found = new ArrayList<String>();
        var objects = new ArrayList<String>();
        for (var page : s3.listObjectVersionsPaginator(
                request -> request.bucket(BUCKET).prefix(key).maxKeys(7))) {
            page.versions().forEach(version -> objects.add(version.versionId()));
            page.versions().forEach(version -> found.add(version.versionId()));
            page.deleteMarkers().forEach(marker -> found.add(marker.versionId()));
        }
        var due = new ArrayList<>(mine.ids);
        due.removeIf(id -> mine.leaving.contains(id) && !found.contains(id));
        assertThat(found).as(key).containsAll(due);
        var more = new ArrayList<>(found);
        more.removeAll(due);
        assertThat(more).as("what was under way on %s", key).hasSizeLessThanOrEqualTo(1);
        assertThat(objects.stream().filter(due::contains))
                .as("the order of %s", key)
                .containsExactlyElementsOf(
                        due.stream().filter(objects::contains).toList());
        for (var id : objects) {
            if (mine.contents.containsKey(id)) {
                checkContent(s3, key, id, mine.contents.get(id));
            }
        }
        due.addAll(0, more);
        mine.ids.clear();
        mine.ids.addAll(due);
        mine.leaving.clear();
        return objects.size();
    }

    private static void checkContent(S3Client s3, String key, String id, String content) {
        var text = s3.getObjectAsBytes(
                        request -> request.bucket(BUCKET).key(key).versionId(id))
                .asString(UTF_8);
        assertThat(text.replace(content, "")).as("%s %s", key, id).isEmpty();
        assertThat(s3.getObjectTagging(
                                request -> request.bucket(BUCKET).key(key).versionId(id))
                        .tagSet())
                .extracting("value")
                .containsExactly(content);
    }
}
