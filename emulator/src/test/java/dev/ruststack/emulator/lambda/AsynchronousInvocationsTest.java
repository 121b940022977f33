package dev.ruststack.emulator.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
