package dev.ruststack.emulator.lambda.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The script that a function has its runtime started by. AWS: Lambda Developer Guide, Modifying the runtime environment,
 * Wrapper scripts. OS-only runtimes have none.
 */
final class ExecWrapper {
    private static final String VARIABLE = "AWS_LAMBDA_EXEC_WRAPPER";

    private ExecWrapper() {}

    /** The command line, behind the wrapper where there is one; a wrapper that cannot be run says so, and ends. */
    static List<String> around(List<String> line, Sandbox.Program program) {
        var wrapper = program.variables().getOrDefault(VARIABLE, "");
        if (wrapper.isEmpty() || program.runtime().startsWith("provided")) {
            return line;
        }
        var file = locate(wrapper, program);
        if (file == null || !Files.isRegularFile(file)) {
            return refusal(wrapper, "does not exist", 127);
        }
        if (!Files.isExecutable(file)) {
            return refusal(wrapper, "is not an executable", 126);
        }
        var wrapped = new ArrayList<String>();
        wrapped.add(file.toString());
        wrapped.addAll(line);
        return List.copyOf(wrapped);
    }

    private static List<String> refusal(String wrapper, String why, int status) {
        return List.of("/bin/sh", "-c", "echo \"$0: " + why + "\"; exit " + status, wrapper);
    }

    /** A process of this machine has neither /opt nor /var/task: what stands for them is meant. */
    private static @Nullable Path locate(String wrapper, Sandbox.Program program) {
        if (wrapper.startsWith("/opt/")) {
            return program.layers() == null ? null : program.layers().resolve(wrapper.substring("/opt/".length()));
        }
        return wrapper.startsWith("/var/task/")
                ? program.code().resolve(wrapper.substring("/var/task/".length()))
                : program.code().resolve(wrapper);
    }
}
