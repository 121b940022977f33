package dev.ruststack.emulator.lambda;

import static dev.ruststack.emulator.lambda.LambdaRig.json;
import static dev.ruststack.emulator.lambda.LambdaRig.tail;
import static dev.ruststack.emulator.lambda.LambdaRig.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.lambda.LambdaRig.Function;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutionEnvironmentTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    /** Tells its process, counts its calls, and does what the event says. */
    private static final String WORKER = """
            import os, subprocess, sys, time
            calls = 0
            def handler(event, context):
                global calls
                calls += 1
                if "touch" in event: open(os.path.join(os.environ["TMPDIR"], event["touch"]), "w").close()
                if "spawn" in event: print(subprocess.Popen(["sleep", "1000"], start_new_session=True).pid)
                if "wait" in event:
                    while not os.path.exists(event["wait"]): time.sleep(0.01)
                if "exit" in event: os._exit(event["exit"])
                return {"pid": os.getpid(), "calls": calls, "tmp": sorted(os.listdir(os.environ["TMPDIR"]))}
            """;

    @TempDir
    Path directory;

    @Nullable
    LambdaRig rig;

    @AfterEach
    void stop() {
        if (rig != null) {
            rig.close();
        }
    }

    @BeforeAll
    static void bePatient() {
        Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
    }

    private LambdaRig rig(UnaryOperator<LambdaSettings> change) throws Exception {
        rig = LambdaRig.in(directory, change);
        return rig;
    }

    @Test
    void anEnvironmentIsUsedAgain() throws Exception {
        var rig = rig(settings -> settings);
        var function = rig.python(WORKER);

        var first = rig.invoke(function, "{}");
        var second = rig.invoke(function, "{}");

        assertThat(json(second.payload()).get("pid"))
                .isEqualTo(json(first.payload()).get("pid"));
        assertThat(json(second.payload()).get("calls").intValue()).isEqualTo(2);
        assertThat(tail(first)).contains("\tInit Duration: ");
        assertThat(tail(second)).doesNotContain("Init Duration");
        assertThat(rig.log(function).stream().filter(line -> line.startsWith("INIT_START")))
                .singleElement()
                .asString()
                .matches("INIT_START Runtime Version: python:3\\.12\\.v1\tRuntime Version ARN: arn:aws:lambda:"
                        + LambdaRig.REGION + "::runtime:[0-9a-f]{64}");
    }

    @Test
    void eventsOneAfterTheOtherAllComeBack() throws Exception {
        var rig = rig(settings -> settings);
        var function = rig.python("def handler(event, context): return event");

        for (int i = 0; i < 1000; i++) {
            assertThat(rig.result(function, "{\"n\": " + i + "}").get("n").intValue())
                    .isEqualTo(i);
        }
    }

    @Test
    void theTailRunsFromStartToReport() throws Exception {
        var rig = rig(settings -> settings);
        var function = rig.python("def handler(event, context): print('hello')");

        rig.invoke(function, "{}");
        var lines = tail(rig.invoke(function, "{}")).lines().toList();

        var id = lines.get(0).substring("START RequestId: ".length()).split(" ")[0];
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).isEqualTo("START RequestId: " + id + " Version: $LATEST");
        assertThat(lines.get(1)).isEqualTo("hello");
        assertThat(lines.get(2)).isEqualTo("END RequestId: " + id);
        assertThat(lines.get(3))
                .matches("REPORT RequestId: " + id + "\tDuration: \\d+\\.\\d\\d ms\tBilled Duration: \\d+ ms"
                        + "\tMemory Size: 256 MB\tMax Memory Used: [1-9]\\d* MB\t");
    }

    @Test
    void theTailIsTheLastFourKilobytes() throws Exception {
        var rig = rig(settings -> settings);
        var function = rig.python("def handler(event, context):\n  for i in range(1000): print('line', i)");

        var outcome = rig.invoke(function, "{}");

        assertThat(outcome.logTail()).hasSize(4096);
        assertThat(tail(outcome)).contains("line 999\nEND RequestId").endsWith("\t\n");
        assertThat(rig.log(function)).contains("line 0", "line 500", "line 999");
    }

    @Test
    void linesKnowTheirStreamAndRequest() throws Exception {
        var rig = rig(settings -> settings);
        var function = rig.python("print('loading')\ndef handler(event, context): print('running')");
        var invocation = rig.invocation(function, "{}");

        rig.invoker.invoke(function.configuration(), invocation);

        var lines = rig.logs.of(function.name()).lines();
        assertThat(lines).extracting("stream").containsOnly(lines.getFirst().stream());
        assertThat(lines)
                .filteredOn("message", "loading")
                .singleElement()
                .extracting("requestId")
                .isNull();
        assertThat(lines)
                .filteredOn("message", "running")
                .singleElement()
                .extracting("requestId")
                .isEqualTo(invocation.requestId());
    }

    @Test
    void aTimeoutEndsTheProcessAndKeepsTheFiles() throws Exception {
        var rig = rig(settings -> settings);
        var function = rig.python(WORKER).timeout(2);
        var before = rig.result(function, "{\"touch\": \"kept\"}");

        var failed = rig.failure(function, "{\"wait\": \"/no/such/file\"}");

        var id = tail(failed).split("START RequestId: ")[1].split(" ")[0];
        assertThat(text(failed.payload()))
                .isEqualTo("{\"errorType\":\"Sandbox.Timedout\",\"errorMessage\":\"RequestId: " + id
                        + " Error: Task timed out after 2.00 seconds\"}");
        assertThat(tail(failed))
                .containsPattern(
                        "\\d\\d\\.\\d{3}Z " + id + " Task timed out after 2\\.00 seconds\n\nEND RequestId: " + id)
                .containsPattern("Duration: 2000\\.00 ms\tBilled Duration: 2000 ms.*\tStatus: timeout\n$");
        await().until(() -> !alive(before.get("pid").longValue()));
        var after = rig.result(function, "{}");
        assertThat(after.get("calls").intValue()).isEqualTo(1);
        assertThat(after.get("pid")).isNotEqualTo(before.get("pid"));
        assertThat(after.get("tmp").toString()).isEqualTo("[\"kept\"]");
    }

    @Test
    void anExitKeepsTheFilesToo() throws Exception {
        var rig = rig(settings -> settings);
        var function = rig.python(WORKER);

        rig.failure(function, "{\"touch\": \"kept\", \"exit\": 1}");

        assertThat(rig.result(function, "{}").get("tmp").toString()).isEqualTo("[\"kept\"]");
    }

    @Test
    void aSlowInitIsRepeatedWithinTheFirstInvocation() throws Exception {
        var rig = rig(settings -> settings.withInitLimit(Duration.ofSeconds(3)));
        var function = rig.python("""
                import os, time
                first = os.path.join(os.environ["TMPDIR"], "first")
                if not os.path.exists(first):
                    open(first, "w").close()
                    time.sleep(1000)
                def handler(event, context): return "done"
                """);

        var outcome = rig.invoke(function, "{}");

        assertThat(text(outcome.payload())).isEqualTo("\"done\"");
        assertThat(tail(outcome))
                .containsPattern("^INIT_REPORT Init Duration: \\d{4}\\.\\d\\d ms\tPhase: init\tStatus: timeout\nSTART")
                .doesNotContain("\tInit Duration:");
    }

    @Test
    void anInitThatOutlastsTheInvocationIsATimeout() throws Exception {
        var rig = rig(settings -> settings.withInitLimit(Duration.ofMillis(100)));
        var function = rig.python("import time; time.sleep(1000)").timeout(1);

        var failed = rig.failure(function, "{}");

        assertThat(text(failed.payload())).contains("Task timed out after 1.00 seconds");
        assertThat(tail(failed))
                .contains("\tPhase: init\tStatus: timeout\n", "\tPhase: invoke\tStatus: timeout\nSTART")
                .endsWith("\tStatus: timeout\n");
    }

    @Test
    void concurrentEventsRunInEnvironmentsOfTheirOwn() throws Exception {
        var rig = rig(settings -> settings);
        var function = rig.python(WORKER);
        var gate = directory.resolve("gate");

        var running = invokeAll(rig, function, 4, "{\"wait\": \"" + gate + "\"}");
        await().until(() -> starts(rig, function) == 4);
        Files.createFile(gate);

        var pids = new HashSet<>();
        for (var each : running) {
            pids.add(json(each.get().payload()).get("pid"));
        }
        assertThat(pids).hasSize(4);
        assertThat(rig.result(function, "{}").get("pid")).isIn(pids);
    }

    @Test
    void beyondTheMachinesLimitEventsWaitAndAreThenThrottled() throws Exception {
        var rig = rig(settings -> settings.withEnvironments(2, Duration.ofMillis(200), LONG));
        var function = rig.python(WORKER);
        var gate = directory.resolve("gate");
        var running = invokeAll(rig, function, 2, "{\"wait\": \"" + gate + "\"}");
        await().until(() -> starts(rig, function) == 2);

        assertThatThrownBy(() -> rig.invoke(function, "{}")).isInstanceOfSatisfying(AwsException.class, error -> {
            assertThat(error.code()).isEqualTo(LambdaError.TOO_MANY_REQUESTS);
            assertThat(error.details()).containsEntry("Reason", "ConcurrentInvocationLimitExceeded");
        });

        Files.createFile(gate);
        for (var each : running) {
            each.get();
        }
        assertThat(rig.result(function, "{}").get("calls").intValue()).isEqualTo(2);
    }

    @Test
    void manyEventsShareFewEnvironmentsAndNoneIsLost() throws Exception {
        var rig = rig(settings -> settings.withEnvironments(3, Duration.ofMinutes(1), LONG));
        var function = rig.python(WORKER);

        var pids = new HashSet<>();
        for (var each : invokeAll(rig, function, 60, "{}")) {
            pids.add(json(each.get().payload()).get("pid"));
        }

        assertThat(pids).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void beyondTheAccountsLimitEventsAreThrottledAtOnce() throws Exception {
        var rig = rig(settings -> settings.withConcurrencyLimit(1));
        var function = rig.python(WORKER);
        var gate = directory.resolve("gate");
        var running = invokeAll(rig, function, 1, "{\"wait\": \"" + gate + "\"}");
        await().until(() -> starts(rig, function) == 1);

        assertThatThrownBy(() -> rig.invoke(function, "{}")).isInstanceOf(AwsException.class);

        Files.createFile(gate);
        running.getFirst().get();
        rig.result(function, "{}");
    }

    @Test
    void anIdleEnvironmentOfAnotherFunctionGivesWay() throws Exception {
        var rig = rig(settings -> settings.withEnvironments(1, Duration.ofSeconds(5), LONG));
        var one = rig.python(WORKER);
        var other = rig.python(WORKER);

        long first = rig.result(one, "{}").get("pid").longValue();
        rig.result(other, "{}");

        await().until(() -> !alive(first));
        assertThat(rig.result(one, "{}").get("calls").intValue()).isEqualTo(1);
    }

    @Test
    void idleEnvironmentsEnd() throws Exception {
        var rig = rig(settings -> settings.withEnvironments(10, Duration.ZERO, Duration.ofMillis(50)));
        var function = rig.python(WORKER);

        var result = rig.result(function, "{\"touch\": \"gone\"}");

        await().until(() -> !alive(result.get("pid").longValue()));
        await().until(() -> sandboxes(rig).isEmpty());
        assertThat(rig.result(function, "{}").get("tmp")).isEmpty();
    }

    @Test
    void aRetiredFunctionStartsAnew() throws Exception {
        var rig = rig(settings -> settings);
        var function = rig.python(WORKER);
        long before = rig.result(function, "{}").get("pid").longValue();

        rig.invoker.retire(function.arn());

        await().until(() -> !alive(before));
        assertThat(rig.result(function, "{}").get("calls").intValue()).isEqualTo(1);
    }

    @Test
    void aBusyEnvironmentIsRetiredAfterItsEvent() throws Exception {
        var rig = rig(settings -> settings);
        var function = rig.python(WORKER);
        var gate = directory.resolve("gate");
        var running = invokeAll(rig, function, 1, "{\"wait\": \"" + gate + "\"}");
        await().until(() -> starts(rig, function) == 1);

        rig.invoker.retire(function.arn());
        Files.createFile(gate);

        long pid = json(running.getFirst().get().payload()).get("pid").longValue();
        await().until(() -> !alive(pid));
    }

    @Test
    void anotherRevisionRunsInAnotherEnvironment() throws Exception {
        var rig = rig(settings -> settings);
        var function = rig.python("import os\ndef handler(event, context): return os.environ.get('MODE')");

        rig.result(function, "{}");

        assertThat(rig.result(function.environment(Map.of("MODE", "new")), "{}").stringValue())
                .isEqualTo("new");
    }

    @Test
    void aProcessThatDiesBetweenEventsIsReplaced() throws Exception {
        var rig = rig(settings -> settings);
        var function = rig.python(WORKER);
        long before = rig.result(function, "{\"touch\": \"kept\"}").get("pid").longValue();

        ProcessHandle.of(before).ifPresent(ProcessHandle::destroyForcibly);
        await().until(() -> !alive(before));

        var after = rig.result(function, "{}");
        assertThat(after.get("calls").intValue()).isEqualTo(1);
        assertThat(after.get("tmp").toString()).isEqualTo("[\"kept\"]");
    }

    @Test
    void aProcessThatLingersAfterItsAnswerIsKilledInTheEnd() throws Exception {
        var rig = rig(settings -> settings);
        var function = rig.provided("""
                        #!/usr/bin/env python3
                        import os, time, urllib.request
                        root = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + "/2018-06-01/runtime/invocation/"
                        id = urllib.request.urlopen(root + "next").headers["Lambda-Runtime-Aws-Request-Id"]
                        urllib.request.urlopen(root + id + "/response", data=str(os.getpid()).encode())
                        time.sleep(1000)
                        """).timeout(1);

        long first = rig.result(function, "{}").longValue();
        long second = rig.result(function, "{}").longValue();

        assertThat(second).isNotEqualTo(first);
        await().until(() -> !alive(first) && !alive(second));
    }

    @Test
    void whatAFunctionStartsEndsWithIt() throws Exception {
        var rig = rig(settings -> settings);
        var function = rig.python(WORKER);

        var failed = rig.failure(function, "{\"spawn\": 1, \"exit\": 1}");

        long child = Long.parseLong(tail(failed).lines().toList().get(1));
        await().until(() -> !alive(child));
    }

    @Test
    void warmingStartsTheProcessAheadOfTheFirstEvent() throws Exception {
        var rig = rig(settings -> settings);
        var function = rig.python(WORKER);

        assertThat(rig.invoker.warm(function.configuration())).isNull();

        assertThat(tail(rig.invoke(function, "{}"))).doesNotContain("Init Duration");
    }

    @Test
    void warmingTellsWhyAFunctionCannotStart() throws Exception {
        var rig = rig(settings -> settings);

        var failed = rig.invoker.warm(rig.python("import nothing_there").configuration());

        assertThat(text(failed.payload())).contains("Runtime.ImportModuleError", "No module named 'nothing_there'");
        await().until(() -> sandboxes(rig).isEmpty());
    }

    @Test
    void aRuntimeThatIsNotThereIsNamedWithItsRemedy() throws Exception {
        rig = LambdaRig.withSearchPath(directory, "/nowhere");
        var python = rig.python("");
        var node = rig.node("");

        assertThatThrownBy(() -> rig.invoke(python, "{}")).isInstanceOfSatisfying(AwsException.class, error -> {
            assertThat(error.code()).isEqualTo(LambdaError.INVALID_RUNTIME);
            assertThat(error.text()).contains("python3.12", "Install Python 3.12", "/nowhere");
        });
        assertThatThrownBy(() -> rig.invoke(node, "{}")).hasMessageContaining("Install Node.js 20");
        assertThatThrownBy(() -> rig.invoke(node.runtime("ruby3.4"), "{}"))
                .hasMessageContaining("there is no Ruby 3 or later on the search path (/nowhere)")
                .hasMessageContaining("Install Ruby 3.4");
        assertThat(rig.log(python)).singleElement().asString().contains("python3.12");
    }

    @Test
    void closingKillsEverythingAndAnswersWhoWaits() throws Exception {
        var rig = rig(settings -> settings);
        var function = rig.python(WORKER);
        long idle = rig.result(function, "{}").get("pid").longValue();
        var running = invokeAll(rig, function, 2, "{\"spawn\": 1, \"wait\": \"/no/such/file\"}");
        await().until(() ->
                rig.log(function).stream().filter(line -> line.matches("\\d+")).count() == 2);
        var children = rig.log(function).stream()
                .filter(line -> line.matches("\\d+"))
                .map(Long::valueOf)
                .toList();

        rig.close();

        for (var each : running) {
            assertThat(each.get()).isInstanceOf(Outcome.Failed.class);
        }
        assertThat(alive(idle)).isFalse();
        await().until(() -> children.stream().noneMatch(ExecutionEnvironmentTest::alive));
        assertThat(rig.work()).doesNotExist();
        assertThatThrownBy(() -> rig.invoke(function, "{}")).isInstanceOf(AwsException.class);
    }

    private static List<Future<Outcome>> invokeAll(LambdaRig rig, Function function, int count, String event) {
        var running = new ArrayList<Future<Outcome>>();
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        Callable<Outcome> invoke = () -> rig.invoke(function, event);
        for (int i = 0; i < count; i++) {
            running.add(threads.submit(invoke));
        }
        threads.shutdown();
        return running;
    }

    private static long starts(LambdaRig rig, Function function) {
        return rig.log(function).stream()
                .filter(line -> line.startsWith("START"))
                .count();
    }

    private static List<Path> sandboxes(LambdaRig rig) throws Exception {
        try (var folders = Files.list(rig.work().resolve("sandboxes"))) {
            return folders.toList();
        }
    }

    private static boolean alive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
