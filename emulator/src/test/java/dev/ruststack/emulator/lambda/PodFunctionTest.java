package dev.ruststack.emulator.lambda;

import static dev.ruststack.emulator.lambda.LambdaRig.json;
import static dev.ruststack.emulator.lambda.LambdaRig.tail;
import static dev.ruststack.emulator.lambda.LambdaRig.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.lambda.LambdaRig.Function;
import dev.ruststack.emulator.lambda.sandbox.SandboxLauncher;
import dev.ruststack.emulator.lambda.sandbox.Sandboxes.Report;
import dev.ruststack.emulator.lambda.sandbox.Sandboxes.SandboxView;
import dev.ruststack.emulator.lambda.sandbox.Sandboxes.Warm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions behind the real runner; each "pod" is a process of this machine. */
class PodFunctionTest {
    private static final String WORKER = """
            import os, time, sys
            calls = 0
            def handler(event, context):
                global calls
                calls += 1
                if "print" in event:
                    for line in event["print"]: print(line)
                if "touch" in event: open(os.path.join(os.environ["TMPDIR"], event["touch"]), "w").close()
                if "say" in event:
                    print(event["say"], flush=True)
                if "hang" in event: time.sleep(1000)
                if "exit" in event: os._exit(event["exit"])
                return {"pid": os.getpid(), "calls": calls, "tmp": sorted(os.listdir(os.environ["TMPDIR"])),
                        "api": os.environ["AWS_LAMBDA_RUNTIME_API"],
                        "keys": sorted(k for k in os.environ if k.startswith("RUSTSTACK"))}
            """;

    @TempDir
    Path directory;

    @Nullable
    PodRig rig;

    @BeforeAll
    static void bePatient() {
        Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
    }

    @AfterEach
    void stop() throws Exception {
        if (rig != null) {
            rig.close();
        }
    }

    private PodRig rig() throws Exception {
        return rig(Duration.ofMinutes(1));
    }

    private PodRig rig(Duration startLimit) throws Exception {
        return rig(startLimit, startLimit);
    }

    private PodRig rig(Duration startLimit, Duration troubleLimit) throws Exception {
        rig = new PodRig(directory, startLimit, troubleLimit);
        return rig;
    }

    @Test
    void aFunctionRunsInAPodOfItsOwn() throws Exception {
        var rig = rig();
        var function = rig.python(WORKER);

        var first = rig.invoke(function, "{}");
        var second = json(rig.invoke(function, "{}").payload());

        assertThat(second.get("calls").intValue()).as(text(first.payload())).isEqualTo(2);
        assertThat(second.get("api").asString()).startsWith("127.0.0.1:");
        assertThat(second.get("keys")).isEmpty();
        assertThat(tail(first)).contains("\tInit Duration: ").doesNotContain("Max Memory Used: 1 MB");
        assertThat(rig.pods.made()).singleElement().satisfies(view -> {
            assertThat(view.id()).matches("[a-z0-9]{8,20}");
            assertThat(view)
                    .isEqualTo(new SandboxView(
                            view.id(), "python3.12", null, null, 256, 512, function.name(), SandboxView.WANTED, null));
        });
    }

    /** The function goes on only once the piece before has been read here. */
    @Test
    void aStreamedResponseComesThroughTheRunnerPieceByPiece() throws Exception {
        var rig = rig();
        var gate = directory.resolve("gate");
        var function = rig.function("provided.al2023").with("bootstrap", """
                #!/usr/bin/env python3
                import base64, http.client, json, os, time
                api = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
                api.request("GET", "/2018-06-01/runtime/invocation/next")
                event = api.getresponse()
                gate = json.loads(event.read())
                api.putrequest("POST", "/2018-06-01/runtime/invocation/"
                    + event.headers["Lambda-Runtime-Aws-Request-Id"] + "/response")
                for name, value in [("Transfer-Encoding", "chunked"), ("Content-Type", "text/plain"),
                        ("Lambda-Runtime-Function-Response-Mode", "streaming"),
                        ("Trailer", "Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body")]:
                    api.putheader(name, value)
                api.endheaders()
                api.send(b"5\\r\\nfirst\\r\\n")
                while not os.path.exists(gate): time.sleep(0.005)
                api.send(b"6\\r\\nsecond\\r\\n0\\r\\nLambda-Runtime-Function-Error-Type: Mine\\r\\n"
                    b"Lambda-Runtime-Function-Error-Body: " + base64.b64encode(b'{"errorType":"Mine"}') + b"\\r\\n\\r\\n")
                api.getresponse().read()
                api.request("GET", "/2018-06-01/runtime/invocation/next")
                api.getresponse()
                """);

        try (var response = rig.stream(function, "\"" + gate + "\"")) {
            assertThat(text(response.body().readNBytes(5)))
                    .as(() -> String.join("\n", rig.log(function)))
                    .isEqualTo("first");
            assertThat(response.contentType()).isEqualTo("text/plain");
            Files.createFile(gate);
            assertThat(text(response.body().readAllBytes())).isEqualTo("second");
            assertThat(text(response.outcome().payload())).isEqualTo("{\"errorType\":\"Mine\"}");
        }
    }

    @Test
    void layersAreFetchedIntoADirectoryOfTheirOwn() throws Exception {
        var rig = rig();
        var function = rig.python("""
                import os, sys
                opt = os.path.join(os.environ["LAMBDA_TASK_ROOT"], "..", "opt")
                sys.path.append(os.path.join(opt, "python"))
                import tool
                def handler(event, context): return [tool.NAME, sorted(os.listdir(opt))]
                """);
        var layers = Files.createDirectories(directory.resolve("layers"));
        Files.createDirectories(layers.resolve("python"));
        Files.writeString(layers.resolve("python/tool.py"), "NAME = 'of the layer'");
        Files.createDirectories(layers.resolve("bin"));

        var outcome = rig.invoke(function, layers);

        assertThat(text(outcome.payload())).isEqualTo("[\"of the layer\", [\"bin\", \"python\"]]");
    }

    @Test
    void theTailHasTheLinesInOrder() throws Exception {
        var rig = rig();
        var function = rig.python(WORKER);
        rig.invoke(function, "{}");

        for (int i = 0; i < 50; i++) {
            var lines = tail(rig.invoke(function, "{\"print\": [\"one\", \"two\", \"three\"]}"))
                    .lines()
                    .toList();

            assertThat(lines).hasSize(6);
            assertThat(lines.getFirst()).startsWith("START ");
            assertThat(lines.subList(1, 4)).containsExactly("one", "two", "three");
            assertThat(lines.get(5)).startsWith("REPORT ");
        }
    }

    @Test
    void aWaitingPodIsTakenAndAnotherTakesItsPlace() throws Exception {
        var rig = rig();
        rig.launcher.keepWarm(List.of(new Warm("python3.12", 256, 1)));
        await().until(() ->
                rig.launcher.wanted().stream().anyMatch(view -> view.state().equals(SandboxView.CONNECTED)));
        var waiting = rig.launcher.wanted().getFirst();
        assertThat(waiting.function()).isNull();

        rig.invoke(rig.python(WORKER), "{}");

        assertThat(rig.launcher.wanted()).hasSize(2);
        assertThat(rig.launcher.wanted().getFirst().id()).isEqualTo(waiting.id());
        assertThat(rig.launcher.wanted().getFirst().function()).isNotNull();
        assertThat(rig.launcher.wanted().getLast().function()).isNull();
        rig.launcher.keepWarm(List.of());
        assertThat(rig.launcher.wanted()).hasSize(1);
    }

    @Test
    void aPodMadeAheadIsTakenByItsFunction() throws Exception {
        var rig = rig();
        var function = rig.python(WORKER);
        var other = rig.python(WORKER);

        rig.launcher.prepare(List.of(request(function), request(other)));
        var prepared = rig.launcher.wanted();
        rig.invoke(function, "{}");
        rig.launcher.prepare(List.of());

        assertThat(prepared).extracting(SandboxView::function).containsExactly(function.name(), other.name());
        assertThat(rig.launcher.wanted())
                .singleElement()
                .satisfies(view ->
                        assertThat(view.id()).isEqualTo(prepared.getFirst().id()));
    }

    private static SandboxLauncher.Request request(Function function) {
        return new SandboxLauncher.Request(function.name(), function.runtime(), null, "x86_64", 256, 512, null);
    }

    @Test
    void waitingPodsLeaveRoomForFunctions() throws Exception {
        var rig = rig();
        rig.launcher.keepWarm(List.of(new Warm("nodejs22.x", 128, PodRig.MAX_RUNNERS)));
        assertThat(rig.launcher.wanted()).hasSize(PodRig.MAX_RUNNERS);

        rig.invoke(rig.python(WORKER), "{}");

        assertThat(rig.launcher.wanted()).hasSize(PodRig.MAX_RUNNERS);
    }

    @Test
    void afterATimeoutTheSamePodGoesOnWithANewProcess() throws Exception {
        var rig = rig();
        var function = rig.python(WORKER).timeout(2);
        var before = json(rig.invoke(function, "{\"touch\": \"a\"}").payload());

        var failure = rig.invoke(function, "{\"hang\": 1, \"say\": \"before\"}");
        var after = json(rig.invoke(function, "{}").payload());

        assertThat(json(failure.payload()).get("errorType").asString()).isEqualTo("Sandbox.Timedout");
        assertThat(tail(failure)).contains("before\n").contains("Status: timeout");
        assertThat(after.get("pid")).isNotEqualTo(before.get("pid"));
        assertThat(after.get("tmp").toString()).isEqualTo("[\"a\"]");
        assertThat(rig.pods.made()).hasSize(1);
    }

    @Test
    void afterACrashTheSamePodGoesOnWithANewProcess() throws Exception {
        var rig = rig();
        var function = rig.python(WORKER);
        rig.invoke(function, "{\"touch\": \"a\"}");

        var failure = rig.invoke(function, "{\"exit\": 3}");
        var after = json(rig.invoke(function, "{}").payload());

        assertThat(json(failure.payload()).get("errorMessage").asString())
                .endsWith(" Error: Runtime exited with error: exit status 3");
        assertThat(tail(failure)).contains("Error Type: Runtime.ExitError");
        assertThat(after.get("calls").intValue()).isEqualTo(1);
        assertThat(after.get("tmp").toString()).isEqualTo("[\"a\"]");
        assertThat(rig.pods.made()).hasSize(1);
    }

    @Test
    void aPodThatDiesOfItsMemoryIsToldAsOutOfMemoryAndReplaced() throws Exception {
        var rig = rig();
        var function = rig.python(WORKER);
        var failure = rig.failsWhileRunning(function, id -> {
            rig.pods.process(id).destroyForcibly();
            await().until(() -> !rig.pods.process(id).isAlive());
            rig.launcher.report(id, failed("OOMKilled", "", 137));
        });

        assertThat(text(failure.payload()))
                .contains("\"Runtime.ExitError\"")
                .contains("Error: Runtime exited with error: signal: killed");
        assertThat(tail(failure)).contains("Status: error\tError Type: Runtime.OutOfMemory");
        assertThat(json(rig.invoke(function, "{}").payload()).get("calls").intValue())
                .isEqualTo(1);
        assertThat(rig.pods.made()).hasSize(2);
        assertThat(rig.launcher.wanted()).hasSize(1);
    }

    @Test
    void aPodThatIsLostWithoutAWordEndsTheInvocation() throws Exception {
        var rig = rig();
        var function = rig.python(WORKER);

        var failure = rig.failsWhileRunning(function, id -> rig.pods.process(id).destroyForcibly());

        assertThat(text(failure.payload())).contains("signal: killed");
        assertThat(tail(failure)).contains("Error Type: Runtime.ExitError");
        assertThat(rig.log(function)).contains("[RustStack] The connection to the function's pod was lost.");
    }

    @Test
    void anEvictedPodIsNamedInTheLog() throws Exception {
        var rig = rig();
        var function = rig.python(WORKER);

        var failure = rig.failsWhileRunning(
                function, id -> rig.launcher.report(id, failed("Evicted", "The node was low on memory", null)));

        assertThat(text(failure.payload())).contains("signal: killed");
        assertThat(rig.log(function))
                .contains("[RustStack] The function's pod has ended: Evicted: The node was low on memory");
    }

    @Test
    void aPodThatCannotStartIsTheCallersError() throws Exception {
        var rig = rig();
        rig.pods.beIdle();
        var function = rig.python(WORKER);
        rig.launcher.onChange(() -> Thread.startVirtualThread(() -> rig.launcher
                .wanted()
                .forEach(view -> rig.launcher.report(
                        view.id(), failed("ImagePullBackOff", "no such image: python:3.12", null)))));

        assertThatThrownBy(() -> rig.invoke(function, "{}")).isInstanceOfSatisfying(AwsException.class, e -> {
            assertThat(e.code()).isEqualTo(LambdaError.SERVICE);
            assertThat(e.text())
                    .isEqualTo("The function's pod could not start: ImagePullBackOff: no such image: python:3.12.");
        });
        assertThat(rig.launcher.wanted()).isEmpty();
    }

    @Test
    void aPodThatDoesNotStartInTimeSaysWhatItWaitsFor() throws Exception {
        var rig = rig(Duration.ofMillis(200));
        rig.pods.beIdle();
        var function = rig.python(WORKER);
        rig.launcher.onChange(() -> rig.launcher
                .wanted()
                .forEach(view -> rig.launcher.report(
                        view.id(),
                        new Report(
                                Report.PENDING, "Unschedulable", "0/1 nodes: Insufficient memory", List.of(), null))));

        assertThatThrownBy(() -> rig.invoke(function, "{}"))
                .hasMessageContaining("did not start within 0 seconds: Unschedulable: 0/1 nodes: Insufficient memory");
        assertThat(rig.launcher.wanted()).isEmpty();
    }

    @Test
    void aPodThatIsKnownToBeInTroubleIsNotWaitedForToTheEnd() throws Exception {
        var rig = rig(Duration.ofMinutes(10), Duration.ofMillis(200));
        rig.pods.beIdle();
        var function = rig.python(WORKER);
        var pending = new Report(Report.PENDING, "ErrImagePull", "no such image", List.of(), null);
        rig.launcher.onChange(() -> CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS)
                .execute(() -> rig.launcher.wanted().forEach(view -> rig.launcher.report(view.id(), pending))));

        assertThatThrownBy(() -> rig.invoke(function, "{}")).hasMessageContaining("ErrImagePull: no such image");
    }

    @Test
    void aMissingEntryPointIsNamed() throws Exception {
        var rig = rig();
        var function = rig.function("provided.al2023").with("bootstrap", "no script");
        function.code().resolve("bootstrap").toFile().setExecutable(false);

        var failure = rig.invoke(function, "{}");

        assertThat(text(failure.payload()))
                .contains("\"Runtime.InvalidEntrypoint\"")
                .contains("task/bootstrap: permission denied");
    }

    @Test
    void anImageFunctionRunsItsEntryPoint() throws Exception {
        var rig = rig();
        var function = rig.function("");
        var script = """
                api=http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation
                python3 - "$1" $api <<'END'
                import sys, urllib.request
                while True:
                    with urllib.request.urlopen(sys.argv[2] + "/next") as event:
                        id = event.headers["Lambda-Runtime-Aws-Request-Id"]
                        body = event.read()
                    urllib.request.urlopen(sys.argv[2] + "/" + id + "/response", ('"%s"' % sys.argv[1]).encode()).read()
                END
                """;

        var outcome = rig.invokeImage(function, List.of("sh", "-c", script, "entry"), List.of("app.handler"));

        assertThat(text(outcome.payload())).isEqualTo("\"app.handler\"");
        assertThat(rig.pods.made()).singleElement().satisfies(view -> {
            assertThat(view.imageUri()).isEqualTo("registry.example/app:1");
            assertThat(view.runtime()).isNull();
        });
    }

    @Test
    void aSandboxIsOpenToItsOwnRunnerOnlyAndOnce() throws Exception {
        var rig = rig();
        rig.invoke(rig.python(WORKER), "{}");
        var id = rig.pods.made().getFirst().id();

        assertThat(rig.connect(id, "0".repeat(64))).isEqualTo(403);
        assertThat(rig.connect(id, PodRig.token(id))).isEqualTo(403);
        assertThat(rig.connect("unknown1", PodRig.token("unknown1"))).isEqualTo(403);
    }

    @Test
    void anIdlePodIsWantedNoMore() throws Exception {
        var rig = rig();
        rig.idle(Duration.ofMillis(50));
        rig.invoke(rig.python(WORKER), "{}");

        await().until(() -> rig.launcher.wanted().isEmpty());
        var process = rig.pods.process(rig.pods.made().getFirst().id());
        await().until(() -> !process.isAlive());
    }

    private static Report failed(String reason, String message, @Nullable Integer exitCode) {
        return new Report(Report.FAILED, reason, message, List.of(), exitCode);
    }
}
