package dev.ruststack.emulator.seed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StartFailureTest {
    private static String read(String payload) {
        return StartFailure.read(payload.getBytes(StandardCharsets.UTF_8));
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
}
