package dev.ruststack.emulator.lambda.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How functions of one language run on this machine. */
interface LanguageRuntime {
    /** Whether this is the runtime of an identifier such as {@code python3.13}. */
    boolean runs(String identifier);

    /** Finds what the machine has for a runtime, without a deployment package. */
    void require(String identifier) throws SandboxException;

    /** What to execute for a program. */
    Command command(Sandbox.Program program) throws SandboxException;

    /**
     * One command.
     *
     * @param directory the folder of the runtime client, {@code LAMBDA_RUNTIME_DIR}
     * @param variables what AWS sets for this language, under the function's own variables
     * @param warning what the function's author should know once, such as another version than asked for
     */
    record Command(
            List<String> line,
            Path directory,
            Map<String, String> variables,
            @Nullable String warning) {
        public Command {
            line = List.copyOf(line);
            variables = Map.copyOf(variables);
        }
    }
}
