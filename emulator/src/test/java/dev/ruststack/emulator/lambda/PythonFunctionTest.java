package dev.ruststack.emulator.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PythonFunctionTest {
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
    void theResultOfTheHandlerIsReturned() throws Exception {
        var function = rig.python("""
                def handler(event, context):
                    return {"hello": event["name"]}
                """);

        var outcome = rig.invoke(function, "{\"name\": \"wörld\"}");

        assertThat(LambdaRig.json(outcome.payload()).get("hello").stringValue()).isEqualTo("wörld");
    }
}
