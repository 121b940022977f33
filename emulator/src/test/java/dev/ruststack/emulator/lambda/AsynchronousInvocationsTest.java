package dev.ruststack.emulator.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ruststack.emulator.journal.KeptTable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AsynchronousInvocationsTest {
    private static final Duration SOON = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofHours(6);

    @TempDir
    Path directory;

    @BeforeAll
    static void bePatient() {
        Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
    }

    @Test
    void anEventThatSucceedsRunsOnce() throws Exception {
        try (var rig = LambdaRig.in(directory, settings -> settings.withRetries(List.of(SOON, SOON), LONG))) {
            var function = rig.python("def handler(event, context): print('seen', event['n'])");

            rig.invoker.invokeAsync(function.configuration(), rig.invocation(function, "{\"n\": 1}"));
            await().until(() -> rig.log(function).contains("seen 1"));
            rig.invoke(function, "{\"n\": 2}");

            assertThat(rig.log(function).stream().filter(line -> line.startsWith("seen")))
                    .containsExactly("seen 1", "seen 2");
        }
    }

    @Test
    void anEventThatFailsIsTriedTwiceMoreWithTheSameRequestId() throws Exception {
        try (var rig = LambdaRig.in(directory, settings -> settings.withRetries(List.of(SOON, SOON), LONG))) {
            var function = rig.python("def handler(event, context): raise Exception('no')");
            var invocation = rig.invocation(function, "{}");

            rig.invoker.invokeAsync(function.configuration(), invocation);
            await().until(() -> rig.log(function).stream().anyMatch(line -> line.startsWith("[RustStack] The async")));

            var starts = rig.log(function).stream()
                    .filter(line -> line.startsWith("START"))
                    .toList();
            assertThat(starts)
                    .hasSize(3)
                    .containsOnly("START RequestId: " + invocation.requestId() + " Version: $LATEST");
            assertThat(rig.log(function).getLast())
                    .isEqualTo("[RustStack] The asynchronous event is dropped: it failed 3 times.");
        }
    }

    @Test
    void anEventThatWouldBeTooOldIsDropped() throws Exception {
        try (var rig = LambdaRig.in(
                directory, settings -> settings.withRetries(List.of(Duration.ofHours(1)), Duration.ofMinutes(1)))) {
            var function = rig.python("def handler(event, context): raise Exception('no')");

            rig.invoker.invokeAsync(function.configuration(), rig.invocation(function, "{}"));

            await().until(() -> rig.log(function)
                    .contains("[RustStack] The asynchronous event is dropped: it would be older than PT1M."));
        }
    }

    @Test
    void anEventThatIsThrottledIsTriedUntilItRuns() throws Exception {
        try (var rig = LambdaRig.in(
                directory, settings -> settings.withConcurrencyLimit(1).withRetries(List.of(), LONG))) {
            var gate = directory.resolve("gate");
            var function = rig.python("""
                    import os, time
                    def handler(event, context):
                        if "wait" in event:
                            while not os.path.exists(event["wait"]): time.sleep(0.01)
                        print("ran", event["n"])
                    """);
            rig.invoker.invokeAsync(
                    function.configuration(), rig.invocation(function, "{\"n\": 1, \"wait\": \"" + gate + "\"}"));
            await().until(() -> rig.log(function).stream().anyMatch(line -> line.startsWith("START")));

            rig.invoker.invokeAsync(function.configuration(), rig.invocation(function, "{\"n\": 2}"));
            java.nio.file.Files.createFile(gate);

            await().until(() -> rig.log(function).containsAll(List.of("ran 1", "ran 2")));
        }
    }

    /** What is told of events that are over. */
    private static final class Told implements EventOutlet {
        private final List<JsonNode> records = new CopyOnWriteArrayList<>();

        @Override
        public void deliver(Destination destination, Message message) {
            records.add(JsonMapper.shared().readTree(message.json()));
        }
    }

    private static EventInvokeConfig toBucket(@Nullable Integer attempts, @Nullable Integer age) {
        return new EventInvokeConfig(attempts, age, null, "arn:aws:s3:::failed", Instant.EPOCH);
    }

    @Test
    void anEventIsTriedAgainAsOftenAsIsConfigured() throws Exception {
        try (var rig = LambdaRig.in(directory, settings -> settings.withRetries(List.of(SOON, SOON), LONG))) {
            var told = new Told();
            rig.invoker.follow(arn -> toBucket(1, null), told);
            var function = rig.python("def handler(event, context): raise Exception('no')");

            rig.invoker.invokeAsync(function.configuration(), rig.invocation(function, "{}"));
            await().until(() -> !told.records.isEmpty());

            var context = told.records.getFirst().path("requestContext");
            assertThat(context.path("condition").asString()).isEqualTo("RetriesExhausted");
            assertThat(context.path("approximateInvokeCount").asInt()).isEqualTo(2);
        }
    }

    @Test
    void recordThatGetsNowhereIsToldInTheLog() throws Exception {
        try (var rig = LambdaRig.in(directory, settings -> settings.withRetries(List.of(), LONG))) {
            rig.invoker.follow(arn -> toBucket(null, null), EventOutlet.NONE);
            var function = rig.python("def handler(event, context): raise Exception('no')");

            rig.invoker.invokeAsync(function.configuration(), rig.invocation(function, "{}"));

            await().until(() -> rig.log(function)
                    .contains("[RustStack] The event does not get to arn:aws:s3:::failed: "
                            + "there is no arn:aws:s3:::failed"));
        }
    }

    @Test
    void anEventThatWouldBeOlderThanConfiguredIsToldWithItsLastResponse() throws Exception {
        var delays = List.of(SOON, Duration.ofMinutes(2));
        try (var rig = LambdaRig.in(directory, settings -> settings.withRetries(delays, LONG))) {
            var told = new Told();
            rig.invoker.follow(arn -> toBucket(null, 60), told);
            var function = rig.python("def handler(event, context): raise Exception('no')");

            rig.invoker.invokeAsync(function.configuration(), rig.invocation(function, "{}"));
            await().until(() -> !told.records.isEmpty());

            var record = told.records.getFirst();
            assertThat(record.at("/requestContext/condition").asString()).isEqualTo("EventAgeExceeded");
            assertThat(record.at("/requestContext/approximateInvokeCount").asInt())
                    .isEqualTo(2);
            assertThat(record.at("/responsePayload/errorMessage").asString()).isEqualTo("no");
        }
    }

    @Test
    void anEventThatWaitsSurvivesARestart() throws Exception {
        var table = directory.resolve("waiting");
        var retries = List.of(Duration.ofSeconds(3), Duration.ofHours(1));
        LambdaRig.Function function;
        Invocation invocation;
        try (var waiting = KeptTable.kept(WaitingEvent.class, table);
                var rig = LambdaRig.in(directory, settings -> settings.withRetries(retries, LONG))) {
            function = rig.python("""
                    import os
                    def handler(event, context):
                        print("seen", event["n"])
                        if not os.path.exists("%s"): raise Exception("no")
                    """.formatted(directory.resolve("mended")));
            invocation = rig.invocation(function, "{\"n\": 1}");
            rig.invoker.keep(waiting, arn -> null);
            rig.invoker.invokeAsync(function.configuration(), invocation);
            await().until(() -> !waiting.all().isEmpty());
        }
        java.nio.file.Files.createFile(directory.resolve("mended"));

        try (var waiting = KeptTable.kept(WaitingEvent.class, table);
                var rig = LambdaRig.in(directory, settings -> settings.withRetries(retries, LONG))) {
            rig.invoker.keep(waiting, arn -> arn.equals(function.arn()) ? function.configuration() : null);

            await().until(() -> rig.log(function).contains("seen 1"));
            assertThat(rig.log(function)).contains("START RequestId: " + invocation.requestId() + " Version: $LATEST");
            await().until(() -> waiting.all().isEmpty());
        }
    }

    @Test
    void anEventOfAFunctionThatIsGoneIsForgotten() throws Exception {
        var waiting = KeptTable.inMemory(WaitingEvent.class);
        waiting.put("a", new WaitingEvent("arn:aws:lambda:x:y:function:gone", "a", new byte[0], "", null, "", 0, 1, 0));
        try (var rig = LambdaRig.in(directory)) {
            rig.invoker.keep(waiting, arn -> null);
        }

        assertThat(waiting.all()).isEmpty();
    }
}
