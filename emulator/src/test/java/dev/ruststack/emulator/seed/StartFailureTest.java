package dev.ruststack.emulator.seed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StartFailureTest {
    private static StartFailure failure(String payload) {
        return StartFailure.read(payload.getBytes(StandardCharsets.UTF_8));
    }

    private static String read(String payload) {
        return failure(payload).text();
    }

    @Test
    void aMissingModuleIsNamedWithItsRemedy() {
        assertThat(read("""
                        {"errorMessage": "Unable to import module 'app': No module named 'nothere'",
                         "errorType": "Runtime.ImportModuleError", "requestId": "", "stackTrace": []}"""))
                .startsWith("Runtime.ImportModuleError: Unable to import module 'app': No module named 'nothere'")
                .contains("requirements.txt");
    }

    @Test
    void aSyntaxErrorIsShownWithItsPlace() {
        assertThat(read("""
                        {"errorMessage": "Syntax error in module 'app'", "errorType": "Runtime.UserCodeSyntaxError",
                         "stackTrace": ["  File \\"app.py\\" Line 1\\n    def ("]}"""))
                .isEqualTo(
                        "Runtime.UserCodeSyntaxError: Syntax error in module 'app'\n    File \"app.py\" Line 1\n    def (");
    }

    @Test
    void whatIsNoDocumentIsShownAsItIs() {
        assertThat(read("killed")).isEqualTo("killed");
    }

    @Test
    void whatTheMachineMayHaveCausedMayPass() {
        assertThat(failure("{\"errorType\": \"Sandbox.Timedout\", \"errorMessage\": \"Task timed out\"}")
                        .mayPass())
                .isTrue();
        assertThat(failure(
                                "{\"errorType\": \"Runtime.ExitError\", \"errorMessage\": \"RequestId: 1 Error: Runtime exited"
                                        + " with error: signal: killed\"}")
                        .mayPass())
                .isTrue();
        assertThat(failure(
                                "{\"errorType\": \"Runtime.ExitError\", \"errorMessage\": \"RequestId: 1 Error: Runtime exited"
                                        + " with error: exit status 1\"}")
                        .mayPass())
                .isFalse();
        assertThat(failure("{\"errorType\": \"Runtime.ImportModuleError\"}").mayPass())
                .isFalse();
    }
}
