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

/** Programs of {@code /opt/extensions}, beside functions that run in pods. */
class PodExtensionTest {
    @TempDir
    Path directory;

    PodRig rig;

    @BeforeEach
    void start() throws Exception {
        rig = new PodRig(directory, Duration.ofSeconds(60), Duration.ofSeconds(60));
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    private String logged(Function function) {
        return String.join("\n", rig.log(function));
    }

    @Test
    void anExtensionHearsOfInvocationsAndOfTheEnd() throws Exception {
        rig.idle(Duration.ofMillis(200));
        var function = rig.python("def handler(event, context): return context.aws_request_id");
        var configuration = TestExtension.beside(function, """
                id = register("INVOKE", "SHUTDOWN")
                while True:
                    event = next_event(id)
                    say("heard " + event["eventType"] + " " + event.get("shutdownReason", ""))
                    if event["eventType"] == "SHUTDOWN": break
                """);

        assertThat(rig.invoke(configuration, function)).isInstanceOf(Outcome.Returned.class);

        await().untilAsserted(() -> assertThat(logged(function))
                .containsSubsequence(
                        "EXTENSION\tName: beside\tState: Ready\tEvents: [INVOKE,SHUTDOWN]",
                        "START RequestId: ",
                        "heard SHUTDOWN spindown"));
        assertThat(logged(function)).contains("heard INVOKE");
    }

    @Test
    void anExtensionThatEndsHasCrashed() throws Exception {
        var function = rig.python("def handler(event, context): pass");
        var configuration = TestExtension.beside(function, "sys.exit(3)");

        var outcome = (Outcome.Failed) rig.invoke(configuration, function);

        assertThat(LambdaRig.text(outcome.payload()))
                .matches("\\{\"errorType\":\"Extension.Crash\","
                        + "\"errorMessage\":\"RequestId: [0-9a-f-]{36} Error: exit status 3\"}");
    }

    @Test
    void anExtensionThatIsNoProgramIsALaunchError() throws Exception {
        var function = rig.python("def handler(event, context): pass");
        var extensions = Files.createDirectories(TestExtension.layers(function).resolve("extensions"));
        Files.writeString(extensions.resolve("closed"), "#!/bin/sh\n");

        var outcome = (Outcome.Failed) rig.invoke(TestExtension.with(function), function);

        assertThat(LambdaRig.text(outcome.payload()))
                .contains("Extension.LaunchError", "fork/exec /opt/extensions/closed: permission denied");
    }

    @Test
    void telemetryReachesTheListenerInThePod() throws Exception {
        var function = rig.python("def handler(event, context): print('from the function')");
        var configuration = TestExtension.beside(function, ExternalExtensionTest.TELEMETRY);

        assertThat(rig.invoke(configuration, function)).isInstanceOf(Outcome.Returned.class);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(logged(function))
                        .containsSubsequence(
                                "TOLD platform.initStart ",
                                "TOLD platform.initReport ",
                                "TOLD platform.start ",
                                "TOLD function \"from the function\"",
                                "TOLD platform.runtimeDone ",
                                "TOLD platform.report "));
    }

    @Test
    void anEnvironmentIsKeptForTheNextEvent() throws Exception {
        var function = rig.python("""
                import os
                def handler(event, context): return os.getpid()
                """);
        var configuration = TestExtension.beside(function, """
                id = register("INVOKE")
                say("started")
                while True: next_event(id)
                """);

        for (int i = 0; i < 3; i++) {
            assertThat(rig.invoke(configuration, function)).isInstanceOf(Outcome.Returned.class);
        }

        assertThat(logged(function)).containsOnlyOnce("started");
        assertThat(rig.pods.made()).hasSize(1);
    }
}
