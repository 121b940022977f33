package dev.ruststack.emulator.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.lambda.LambdaRig.Function;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process of this machine may not, as on AWS, and what starts it. */
class ProcessLimitsTest {
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

    @Test
    void aFunctionThatHoldsMoreMemoryThanItHasIsKilled() throws Exception {
        var function = rig.python("""
                import time
                def handler(event, context):
                    if event:
                        held = b"x" * (400 << 20)
                        time.sleep(60)
                    return "fits"
                """);

        var failure = rig.failure(function, "{\"hold\": 1}");

        assertThat(LambdaRig.text(failure.payload()))
                .matches("\\{\"errorType\":\"Runtime.ExitError\",\"errorMessage\":"
                        + "\"RequestId: [0-9a-f-]{36} Error: Runtime exited with error: signal: killed\"\\}");
        assertThat(LambdaRig.tail(failure))
                .contains(
                        "Memory Size: 256 MB\tMax Memory Used: 256 MB",
                        "Status: error\tError Type: Runtime.OutOfMemory");
        assertThat(rig.result(function, "{}").stringValue()).isEqualTo("fits");
    }

    @Test
    void whatAFunctionStartsCounts() throws Exception {
        var function = rig.python("""
                import subprocess, sys
                def handler(event, context):
                    subprocess.run([sys.executable, "-c", "import time; held = b'x' * (400 << 20); time.sleep(60)"])
                """);

        assertThat(LambdaRig.tail(rig.failure(function, "{}"))).contains("Error Type: Runtime.OutOfMemory");
    }

    @Test
    void nodeCollectsItsGarbageInTime() throws Exception {
        var function = rig.node("""
                exports.handler = async () => {
                  let kept = [];
                  for (let i = 0; i < 400; i++) {
                    kept = Array.from({ length: 100000 }, (_, j) => ({ i, j }));
                    await null;
                  }
                  return kept.length;
                };
                """);

        assertThat(rig.result(function, "{}").intValue()).isEqualTo(100_000);
    }

    @Test
    void aWrapperStartsTheRuntime() throws Exception {
        var function = rig.python("""
                import os
                def handler(event, context): return os.environ["WRAPPED"]
                """).environment(Map.of("AWS_LAMBDA_EXEC_WRAPPER", "/opt/wrapper"));
        var wrapper = Files.createDirectories(TestExtension.layers(function)).resolve("wrapper");
        Files.writeString(wrapper, "#!/bin/sh\nexport WRAPPED=\"by $0\"\nexec \"$@\"\n");
        wrapper.toFile().setExecutable(true);

        assertThat(LambdaRig.json(((Outcome.Returned) run(function)).payload()).stringValue())
                .isEqualTo("by " + wrapper);
    }

    @Test
    void aWrapperThatIsNotThereIsNamed() throws Exception {
        var function = rig.python("def handler(event, context): pass")
                .environment(Map.of("AWS_LAMBDA_EXEC_WRAPPER", "/opt/no"));
        Files.createDirectories(TestExtension.layers(function));

        var failed = (Outcome.Failed) run(function);

        assertThat(LambdaRig.text(failed.payload())).contains("Runtime exited with error: exit status 127");
        assertThat(rig.log(function)).contains("/opt/no: does not exist");
    }

    private Outcome run(Function function) throws InterruptedException {
        return rig.invoker.invoke(TestExtension.with(function), rig.invocation(function, "{}"));
    }
}
