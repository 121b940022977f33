package dev.ruststack.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Bundles, mounted and sent, in a process as a pod runs it. */
class SeedBundleTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String ONE_BUCKET = "{\"buckets\": [{\"name\": \"uploads\"}]}";

    @TempDir
    Path data;

    @TempDir
    Path mount;

    private EmulatorProcess start() throws Exception {
        var variables = EmulatorProcess.variables(data);
        variables.put("RUSTSTACK_SEED_DIRECTORY", mount.toString());
        return EmulatorProcess.start(variables).listening();
    }

    private static JsonNode state(EmulatorProcess emulator) throws Exception {
        return JSON.readTree(emulator.admin("state").body());
    }

    private static JsonNode applied(EmulatorProcess emulator, String revision) {
        return await().atMost(LONG)
                .until(
                        () -> state(emulator),
                        state -> state.path("seed").path("state").asString().equals("Applied")
                                && state.path("seed")
                                        .path("revision")
                                        .asString()
                                        .equals("sha256:" + revision));
    }

    @Test
    void aMountedBundleInPiecesIsSeededAtBoot() throws Exception {
        Bundles.mount(mount, Bundles.bundle("a1", ONE_BUCKET), 3);

        try (var emulator = start()) {
            var state = applied(emulator, "a1");

            assertThat(state.path("ready").asBoolean()).isTrue();
            assertThat(state.path("items").size()).isEqualTo(1);
            assertThat(state.path("items").path(0).path("state").asString()).isEqualTo("Ready");
            assertThat(state.path("items").path(0).path("arn").asString()).isEqualTo("arn:aws:s3:::uploads");
            assertThat(state.path("timings").propertyNames())
                    .containsExactly("processStarted", "listening", "dynamoDbReady", "seeded");
            assertThat(state.path("timings").path("seeded").asString())
                    .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
            assertThat(emulator.admin("ready").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whoWaitsForReadinessHearsOfItOnceItIsSeeded() throws Exception {
        try (var emulator = start();
                var background = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(emulator.admin("ready?waitSeconds=0").statusCode()).isEqualTo(503);
            var waiting = background.submit(() -> emulator.admin("ready?waitSeconds=30"));

            Bundles.mount(mount, Bundles.bundle("c7", ONE_BUCKET), 1);

            assertThat(waiting.get().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aMountThatIsHalfUpdatedIsAwaited() throws Exception {
        Bundles.mount(mount, Bundles.bundle("b1", ONE_BUCKET), 2);
        var whole = Files.readAllBytes(mount.resolve("bundle.001"));
        Files.write(mount.resolve("bundle.001"), "of another bundle".getBytes(UTF_8));

        try (var emulator = start()) {
            assertThat(state(emulator).path("seed").path("state").asString()).isEqualTo("None");
            assertThat(emulator.admin("ready").statusCode()).isEqualTo(503);

            Files.write(mount.resolve("bundle.001"), whole);

            assertThat(applied(emulator, "b1").path("ready").asBoolean()).isTrue();
        }
    }

    @Test
    void aBundleThatIsSentTakesThePlaceOfTheMountedOne() throws Exception {
        Bundles.mount(mount, Bundles.bundle("c1", ONE_BUCKET), 1);

        try (var emulator = start()) {
            applied(emulator, "c1");
            var answer = emulator.admin(
                    "PUT",
                    "seed",
                    "application/gzip",
                    Bundles.bundle("c2", "{\"buckets\": [{\"name\": \"uploads\"}, {\"name\": \"more\"}]}"));

            assertThat(answer.statusCode()).isEqualTo(202);
            assertThat(answer.body()).isEqualTo("{\"revision\":\"sha256:c2\"}");
            assertThat(applied(emulator, "c2").path("items").size()).isEqualTo(2);
        }
    }

    @Test
    void theStateIsToldWhenItChanges() throws Exception {
        try (var emulator = start()) {
            long sequence = state(emulator).path("sequence").asLong();
            emulator.admin("PUT", "seed", "application/gzip", Bundles.bundle("d1", ONE_BUCKET));

            var later = JSON.readTree(emulator.admin("state?after=" + sequence + "&waitSeconds=60")
                    .body());

            assertThat(later.path("sequence").asLong()).isGreaterThan(sequence);
            assertThat(later.path("seed").path("revision").asString()).isEqualTo("sha256:d1");
        }
    }

    @Test
    void whoWaitsForTheStateDoesNotHoldUpTheEnd() throws Exception {
        try (var emulator = start()) {
            var asking = Thread.startVirtualThread(() -> {
                try {
                    emulator.admin("state?after=1000000&waitSeconds=60");
                } catch (Exception e) {
                    // The emulator may be gone before it answers.
                }
            });
            await().atMost(LONG).until(() -> asking.getState() == Thread.State.WAITING);
            emulator.terminate();

            assertThat(emulator.exit(5)).isEqualTo(143);
        }
    }

    @Test
    void aReferenceThatIsMissingFailsItsItemOnly() throws Exception {
        var spec = """
                {"buckets": [
                   {"name": "good", "objects": [{"key": "k", "content": {"configMapKeyRef": {"name": "there", "key": "k"}}}]},
                   {"name": "bad", "objects": [{"key": "k", "content": {"secretKeyRef": {"name": "gone", "key": "k"}}}]}]}""";
        var bundle =
                Bundles.bundle("e1", spec, Bundles.reference("ConfigMap", "there", "k", "content".getBytes(UTF_8)));

        try (var emulator = start()) {
            emulator.admin("PUT", "seed", "application/gzip", bundle);

            var items = applied(emulator, "e1").path("items");
            assertThat(items.path(0).path("state").asString()).isEqualTo("Ready");
            assertThat(items.path(0).path("items").asInt()).isEqualTo(1);
            assertThat(items.path(1).path("state").asString()).isEqualTo("Failed");
            assertThat(items.path(1).path("reason").asString()).isEqualTo("ReferenceMissing");
            assertThat(items.path(1).path("message").asString()).isEqualTo("there is no Secret gone");
            assertThat(emulator.admin("ready").body()).contains("there is no Secret gone");
        }
    }

    @Test
    void aDeclaredBucketThatAClientDeletesHasDriftedUntilItIsSeededAgain() throws Exception {
        var variables = EmulatorProcess.variables(data);
        variables.put("RUSTSTACK_SIGNATURES", "Permissive");
        try (var emulator = EmulatorProcess.start(variables).listening()) {
            emulator.admin("PUT", "seed", "application/gzip", Bundles.bundle("1a", ONE_BUCKET));
            applied(emulator, "1a");
            assertThat(emulator.delete("/uploads")).isEqualTo(204);

            var drifted = await().atMost(LONG)
                    .until(
                            () -> state(emulator).path("items").path(0),
                            item -> item.path("state").asString().equals("Drifted"));
            assertThat(drifted.path("reason").asString()).isEqualTo("Deleted");
            assertThat(emulator.admin("ready").statusCode()).isEqualTo(200);
            assertThat(emulator.admin("metrics").body())
                    .contains(
                            "ruststack_requests_seconds_count{operation=\"DeleteBucket\",service=\"s3\",status=\"204\"} 1");

            emulator.admin("PUT", "seed", "application/gzip", Bundles.bundle("1a", ONE_BUCKET));
            await().atMost(LONG)
                    .until(
                            () -> state(emulator)
                                    .path("items")
                                    .path(0)
                                    .path("state")
                                    .asString(),
                            "Ready"::equals);
        }
    }

    @Test
    void whatIsNoBundleIsRefusedWithTheReason() throws Exception {
        try (var emulator = start()) {
            assertThat(emulator.admin("PUT", "seed", "application/gzip", "text".getBytes(UTF_8))
                            .body())
                    .contains("cannot be unpacked");
            assertThat(emulator.admin("PUT", "seed", "application/gzip", Bundles.gzip("{}"))
                            .body())
                    .contains("has no revision");
            assertThat(emulator.admin(
                                    "PUT",
                                    "seed",
                                    "application/gzip",
                                    Bundles.bundle("f1", "{\"buckets\": \"uploads\"}"))
                            .body())
                    .contains("cannot be read");
            assertThat(emulator.admin("PUT", "seed", "application/gzip", Bundles.gzip(" ".repeat(257 << 20)))
                            .body())
                    .contains("it holds more than");
            assertThat(state(emulator).path("seed").path("state").asString()).isEqualTo("None");
        }
    }
}
