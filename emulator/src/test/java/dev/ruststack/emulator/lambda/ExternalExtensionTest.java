package dev.ruststack.emulator.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ruststack.emulator.lambda.LambdaRig.Function;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Programs of {@code /opt/extensions}, beside functions that are processes of this machine. */
class ExternalExtensionTest {
    /** Tells its log of every event. */
    private static final String TELLER = """
            id = register("INVOKE", "SHUTDOWN")
            say("started: " + os.environ.get("_HANDLER", "no handler") + ", " + os.environ["AWS_LAMBDA_FUNCTION_NAME"])
            while True:
                event = next_event(id)
                say("heard " + json.dumps(event))
                if event["eventType"] == "SHUTDOWN": break
            """;

    @TempDir
    Path directory;

    LambdaRig rig;

    @BeforeEach
    void start() throws Exception {
        rig = LambdaRig.in(directory);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private Outcome invoke(FunctionConfiguration configuration, Function function) throws InterruptedException {
        return rig.invoker.invoke(configuration, rig.invocation(function, "{}"));
    }

    private static JsonNode returned(Outcome outcome) {
        assertThat(outcome).as(LambdaRig.tail(outcome)).isInstanceOf(Outcome.Returned.class);
        return LambdaRig.json(((Outcome.Returned) outcome).payload());
    }

    private static JsonNode failed(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return LambdaRig.json(((Outcome.Failed) outcome).payload());
    }

    private String logged(Function function) {
        return String.join("\n", rig.log(function));
    }

    @Test
    void anExtensionIsStartedBeforeTheRuntimeAndHearsOfInvocationsAndOfTheEnd() throws Exception {
        var function = rig.python("""
                import os, signal, sys
                print("runtime starts")
                def end(number, frame):
                    print("runtime ends", flush=True)
                    sys.exit(0)
                signal.signal(signal.SIGTERM, end)
                def handler(event, context): return context.aws_request_id
                """);
        var configuration = TestExtension.beside(function, TELLER);

        var requestId = returned(invoke(configuration, function)).stringValue();
        await().untilAsserted(() -> assertThat(logged(function)).contains("\"requestId\": \"" + requestId + "\""));
        rig.invoker.retire(function.arn());
        await().until(() -> rig.invoker.environments() == 0);
        await().untilAsserted(() -> assertThat(logged(function)).contains("\"shutdownReason\": \"spindown\""));

        assertThat(logged(function))
                .containsSubsequence(
                        "started: no handler, " + function.name(),
                        "runtime starts",
                        "EXTENSION\tName: beside\tState: Ready\tEvents: [INVOKE,SHUTDOWN]",
                        "START RequestId: " + requestId,
                        "runtime ends",
                        "\"eventType\": \"SHUTDOWN\"");
    }

    @Test
    void theAnswerDoesNotWaitForTheExtensionButTheNextEventDoes() throws Exception {
        var function = rig.python("def handler(event, context): return 1");
        var configuration = TestExtension.beside(function, """
                id = register("INVOKE")
                for number in range(100):
                    next_event(id)
                    say(f"works {number}")
                    while number == 0 and not os.path.exists("%s"): time.sleep(0.01)
                    say(f"done {number}")
                """.formatted(directory.resolve("go")));

        returned(invoke(configuration, function));
        assertThat(logged(function)).doesNotContain("done 0");
        Files.createFile(directory.resolve("go"));
        await().untilAsserted(() -> assertThat(logged(function)).contains("done 0"));
        await().until(() -> rig.invoker.environments() == 1);
        returned(invoke(configuration, function));

        await().untilAsserted(() -> assertThat(logged(function)).containsSubsequence("done 0", "works 1"));
        assertThat(logged(function)).containsOnlyOnce("works 0");
    }

    @Test
    void anExtensionThatIsNoProgramIsALaunchError() throws Exception {
        var function = rig.python("def handler(event, context): pass");
        var file = Files.createDirectories(TestExtension.layers(function).resolve("extensions"))
                .resolve("closed");
        Files.writeString(file, "#!/bin/sh\n");

        var outcome = invoke(TestExtension.with(function), function);

        assertThat(failed(outcome).get("errorType").stringValue()).isEqualTo("Extension.LaunchError");
        assertThat(failed(outcome).get("errorMessage").stringValue())
                .matches("RequestId: [0-9a-f-]{36} Error: fork/exec /opt/extensions/closed: permission denied");
        assertThat(logged(function))
                .contains("EXTENSION\tName: closed\tState: LaunchError\tEvents: []\tError Type: PermissionDenied");
        assertThat(LambdaRig.tail(outcome)).contains("Error Type: Extension.LaunchError");
    }

    @Test
    void aProgramForAnotherMachineIsALaunchError() throws Exception {
        var function = rig.python("def handler(event, context): pass");
        var file = Files.createDirectories(TestExtension.layers(function).resolve("extensions"))
                .resolve("foreign");
        Files.write(file, new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0});
        file.toFile().setExecutable(true);

        assertThat(failed(invoke(TestExtension.with(function), function))
                        .get("errorMessage")
                        .stringValue())
                .endsWith("Error: fork/exec /opt/extensions/foreign: exec format error");
    }

    @Test
    void anExtensionThatEndsInTheInitPhaseHasCrashed() throws Exception {
        var function = rig.python("def handler(event, context): pass");
        var configuration = TestExtension.beside(function, "sys.exit(3)");

        var error = failed(invoke(configuration, function));

        assertThat(error.get("errorType").stringValue()).isEqualTo("Extension.Crash");
        assertThat(error.get("errorMessage").stringValue()).endsWith(" Error: exit status 3");
    }

    @Test
    void anExtensionThatTellsOfItsErrorEndsTheInitPhase() throws Exception {
        var function = rig.python("def handler(event, context): pass");
        var configuration = TestExtension.beside(function, """
                id = register("INVOKE")
                call("POST", "/2020-01-01/extension/init/error", {"errorMessage": "no"}, Lambda_Extension_Identifier=id,
                    Lambda_Extension_Function_Error_Type="Extension.NoConfig")
                sys.exit(1)
                """);

        var error = failed(invoke(configuration, function));

        assertThat(error.get("errorType").stringValue()).isEqualTo("Extension.InitError");
        assertThat(error.get("errorMessage").stringValue()).endsWith(" Error: exit status 1");
        assertThat(logged(function))
                .contains(
                        "EXTENSION\tName: beside\tState: InitError\tEvents: [INVOKE]\tError Type: Extension.NoConfig");
    }

    @Test
    void anExtensionThatEndsDuringAnInvocationEndsIt() throws Exception {
        var function = rig.python("""
                import time
                def handler(event, context): time.sleep(20)
                """);
        var configuration = TestExtension.beside(function, """
                id = register("INVOKE")
                next_event(id)
                sys.exit(0)
                """);

        var error = failed(invoke(configuration, function));

        assertThat(error.get("errorType").stringValue()).isEqualTo("Extension.Crash");
        assertThat(error.get("errorMessage").stringValue()).endsWith(" Error: exit code 0");
        await().until(() -> rig.invoker.environments() == 1);
        assertThat(failed(invoke(configuration, function)).get("errorType").stringValue())
                .isEqualTo("Extension.Crash");
    }

    @Test
    void afterATimeoutTheExtensionHearsWhyAndIsStartedAnew() throws Exception {
        var function = rig.python("""
                import os, time
                def handler(event, context):
                    if not os.path.exists("%1$s"):
                        open("%1$s", "w").close()
                        time.sleep(20)
                    return "again"
                """.formatted(directory.resolve("once"))).timeout(1);
        var configuration = TestExtension.beside(function, TELLER);

        assertThat(failed(invoke(configuration, function)).get("errorType").stringValue())
                .isEqualTo("Sandbox.Timedout");
        assertThat(logged(function)).contains("\"shutdownReason\": \"timeout\"");
        assertThat(returned(invoke(configuration, function)).stringValue()).isEqualTo("again");
        assertThat(logged(function).split("started: ")).hasSize(3);
    }

    @Test
    void whereTheRuntimeCrashesTheExtensionHearsOfAFailure() throws Exception {
        var function = rig.python("""
                import os
                def handler(event, context): os._exit(7)
                """);
        var configuration = TestExtension.beside(function, TELLER);

        assertThat(failed(invoke(configuration, function)).get("errorMessage").stringValue())
                .endsWith("Runtime exited with error: exit status 7");
        assertThat(logged(function)).contains("\"shutdownReason\": \"failure\"");
    }

    @Test
    void anExtensionThatDoesNotEndIsKilledInTime() throws Exception {
        var function = rig.python("def handler(event, context): pass");
        var configuration = TestExtension.beside(function, """
                signal.signal(signal.SIGTERM, signal.SIG_IGN)
                say(f"pid {os.getpid()}")
                id = register("SHUTDOWN")
                next_event(id)
                say("stays")
                time.sleep(1000)
                """);
        returned(invoke(configuration, function));
        var pid = rig.log(function).stream()
                .filter(line -> line.startsWith("pid "))
                .mapToLong(line -> Long.parseLong(line.substring(4)))
                .findFirst()
                .orElseThrow();

        rig.invoker.retire(function.arn());

        await().untilAsserted(() -> assertThat(logged(function)).contains("stays"));
        await().atMost(Duration.ofSeconds(10))
                .until(() ->
                        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void telemetryBeginsWithTheInitPhase() throws Exception {
        var function = rig.python("""
                def handler(event, context):
                    print("from the function")
                    return 1
                """);
        var configuration = TestExtension.beside(function, TELEMETRY);

        returned(invoke(configuration, function));

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(logged(function))
                        .containsSubsequence(
                                "TOLD platform.initStart {\"initializationType\": \"on-demand\", \"phase\": \"init\","
                                        + " \"runtimeVersion\": \"python:3.12.v1\"",
                                "TOLD platform.telemetrySubscription {\"name\": \"beside\"",
                                "TOLD platform.extension {\"name\": \"beside\", \"state\": \"Ready\", \"events\": [\"INVOKE\"]}",
                                "TOLD platform.initRuntimeDone {\"initializationType\": \"on-demand\", \"phase\": \"init\","
                                        + " \"status\": \"success\"}",
                                "TOLD platform.initReport {\"initializationType\"",
                                "TOLD platform.start {\"requestId\"",
                                "TOLD function \"from the function\"",
                                "TOLD platform.runtimeDone {\"requestId\"",
                                "TOLD platform.report {\"requestId\""));
        assertThat(logged(function)).contains("\"producedBytes\": 1", "\"name\": \"responseLatency\"");
    }

    @Test
    void theExampleOfTheDocumentationWorks() throws Exception {
        var guide = Files.readString(Path.of("..", "docs", "functions.md"));
        var section = guide.substring(guide.indexOf("## Extensions"));
        int begin = section.indexOf("```python\n") + "```python\n".length();
        var function = rig.python("def handler(event, context): return context.aws_request_id");
        var file = Files.createDirectories(TestExtension.layers(function).resolve("extensions"))
                .resolve("teller");
        Files.writeString(file, section.substring(begin, section.indexOf("```", begin)));
        file.toFile().setExecutable(true);
        var configuration = TestExtension.with(function);

        var requestId = returned(invoke(configuration, function)).stringValue();

        await().untilAsserted(() -> assertThat(rig.log(function)).contains("INVOKE " + requestId));
        rig.invoker.retire(function.arn());
        await().untilAsserted(() -> assertThat(rig.log(function)).contains("SHUTDOWN spindown"));
    }

    /** Says what it is told, but for what extensions say. */
    static final String TELEMETRY = """
            class Listener(BaseHTTPRequestHandler):
                def do_POST(self):
                    for told in json.loads(self.rfile.read(int(self.headers["Content-Length"]))):
                        say("TOLD " + told["type"] + " " + json.dumps(told["record"]))
                    self.send_response(200); self.send_header("Content-Length", "0"); self.end_headers()
                def log_message(self, *values): pass
            server = HTTPServer(("127.0.0.1", 0), Listener)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            id = register("INVOKE")
            call("PUT", "/2022-07-01/telemetry", {"schemaVersion": "2022-12-13", "types": ["platform", "function"],
                "buffering": {"timeoutMs": 25},
                "destination": {"protocol": "HTTP", "URI": f"http://sandbox.localdomain:{server.server_port}/"}},
                Lambda_Extension_Identifier=id)
            while True: next_event(id)
            """;
}
