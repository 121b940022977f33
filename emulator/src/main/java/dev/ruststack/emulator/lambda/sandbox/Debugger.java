package dev.ruststack.emulator.lambda.sandbox;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a runtime lets a debugger attach: by environment variables, which the machine's own interpreters and those of AWS's
 * images understand alike.
 */
final class Debugger {
    /** The address that debugpy is to listen at, for our runtime client and for the wrapper in containers. */
    private static final String PYTHON = "RUSTSTACK_DEBUGGER";

    private Debugger() {}

    /**
     * The function's variables with those that a debugger needs.
     *
     * @param host what to listen at
     * @param wrapper what starts Python where that is not our runtime client; null where it is
     */
    static Map<String, String> variables(Sandbox.Program program, String host, @Nullable String wrapper)
            throws SandboxException {
        var port = program.debugPort();
        if (port == null) {
            return program.variables();
        }
        var variables = new HashMap<>(program.variables());
        var address = host + ":" + port;
        if (program.runtime().startsWith("python")) {
            variables.put(PYTHON, address);
            // It would warn of modules that Python has built in; nobody steps into those.
            variables.put("PYDEVD_DISABLE_FILE_VALIDATION", "1");
            if (wrapper != null) {
                variables.put("AWS_LAMBDA_EXEC_WRAPPER", wrapper);
            }
        } else if (program.runtime().startsWith("nodejs")) {
            variables.merge("NODE_OPTIONS", "--inspect=" + address, (own, ours) -> own + " " + ours);
        } else if (program.runtime().startsWith("java")) {
            var agent = "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=" + address;
            variables.merge("JAVA_TOOL_OPTIONS", agent, (own, ours) -> own + " " + ours);
        } else {
            throw new SandboxException(
                    SandboxException.Kind.UNAVAILABLE,
                    "debugPort is for functions in Python, Node.js and Java; " + program.function() + " has "
                            + (program.image() == null ? program.runtime() : "an image of its own"));
        }
        return variables;
    }
}
