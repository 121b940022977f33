package dev.ruststack.emulator.lambda.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DebuggerTest {
    private static Map<String, String> variables(String runtime, Map<String, String> own) throws SandboxException {
        var program = new Sandbox.Program("f", runtime, Path.of("/code"), null, null, own, 9229);
        return Debugger.variables(program, "0.0.0.0", "/ruststack/debug-python");
    }

    @Test
    void whatTheFunctionHasItselfStays() throws SandboxException {
        assertThat(variables("nodejs22.x", Map.of("NODE_OPTIONS", "--enable-source-maps")))
                .containsEntry("NODE_OPTIONS", "--enable-source-maps --inspect=0.0.0.0:9229");
    }

    @Test
    void javaGetsAnAgent() throws SandboxException {
        assertThat(variables("java25", Map.of()))
                .containsEntry(
                        "JAVA_TOOL_OPTIONS",
                        "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=0.0.0.0:9229");
    }

    @Test
    void pythonInAnImageIsStartedByAWrapper() throws SandboxException {
        assertThat(variables("python3.13", Map.of()))
                .containsEntry("RUSTSTACK_DEBUGGER", "0.0.0.0:9229")
                .containsEntry("AWS_LAMBDA_EXEC_WRAPPER", "/ruststack/debug-python");
    }
}
